"""What patients of the synthetic day are referred for; plausible, and nobody's record."""

from console.planning.day.cases import Problem

AT_HOME = (
    Problem("Short of breath, known heart failure", "Ankles swollen for three days. Relative present."),
    Problem("COPD, wheezy, out of rescue pack", "Speaks in short sentences. Peak flow not known."),
    Problem("Blocked catheter, in discomfort", "Last changed seven weeks ago."),
    Problem("Cellulitis, no better on antibiotics", "Leg red above the knee since the morning."),
    Problem("Chest infection, poor intake", "Asks for a visit today; lives alone."),
    Problem("Fall in the bathroom, no head injury", "Back on his feet; hip bruised. Carer present."),
    Problem("Confused since last night", "Carer says not herself. Possible urine infection.", 72),
    Problem("Diarrhoea for two days, weak", "Drinks little. Passing less water."),
    Problem("Raised blood sugar, unwell", "Reading 22 this morning. Insulin as usual."),
    Problem("Abdominal pain, constipated", "Bowels not open for six days. No vomiting."),
    Problem("Pressure sore, smells", "Community nurse away until tomorrow."),
    Problem("Palliative, pain not controlled", "Breakthrough doses four times in the night."),
)
AT_HUB = (
    Problem("Ear pain and fever", "", 3, 60),
    Problem("Painful urination", "", 18, 70),
    Problem("Hand wound, needs closing", "", 16, 80),
    Problem("Sore throat, rash", "", 4, 30),
    Problem("Cough for three weeks", "", 30, 80),
    Problem("Sprained ankle", "", 12, 65),
    Problem("Eye red and sticky", "", 2, 50),
    Problem("Back pain after lifting", "", 20, 65),
    Problem("Insect bite, spreading redness", "", 10, 75),
    Problem("Itching rash after new tablets", "", 25, 80),
)
BY_PHONE = (
    Problem("Question about new blood-pressure tablets", "No symptoms now.", 50, 80),
    Problem("Vomiting once, now better", "Wants advice about fluids.", 20, 60),
    Problem("Missed a dose of insulin", "Reading 11. Feels well.", 40, 80),
)

# Those of the middle of the day, each in a state of its own when the day is opened there.
LATE = Problem("Fall, cut to the shin", "On warfarin. Skin flap about 6 cm.")
SENT = Problem("Short of breath, known heart failure", "Ankles swollen for three days. Relative present.")
DRAFT = Problem("Confused since last night", "Carer says not herself. Possible urine infection.", 75)
ON_SCENE = Problem("COPD, wheezy, out of rescue pack", "Speaks in short sentences. Peak flow not known.")
EN_ROUTE = Problem("Blocked catheter, in discomfort", "Last changed seven weeks ago.")
ALLOCATED = Problem("Cellulitis, no better on antibiotics", "Leg red above the knee since the morning.", 50)
UNTRIAGED = Problem("Dizzy on standing", "NHS 111: new tablets for blood pressure two days ago.")
UNTRIAGED_LATE = Problem("Back pain since yesterday", "NHS 111: no red flags recorded.", 40, 70)
WAITING = Problem("Chest infection, poor intake", "GP asks for a visit today; lives alone.")
ROUTINE = Problem("Medication review after discharge", "Home since Friday; new insulin.")
AMBULANCE = Problem("Chest pain, clammy", "NHS 111: pain for 40 minutes.", 55, 80)
WORSE = Problem("Vomiting since the night", "Carer rings: drowsier than an hour ago.", 80)
GP_NEEDED = Problem("End of life, breathless, family distressed", "Anticipatory medicines in the house.", 75)
NURSING = Problem("Leg ulcer, spreading redness", "District nurse worried about sepsis.")
MARKER = Problem("Abdominal pain after discharge", "Seen at the emergency department on Sunday.", 40, 70)
VISITOR = Problem("Migraine, cannot keep tablets down", "On holiday here until Saturday.", 40, 70)
DOVER_GP = Problem("Palpitations for two days", "", 40, 70)
