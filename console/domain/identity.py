"""Who a patient is: what of it is right together only."""

# Identifiers are read back together: a number is verified for this name and this date of birth.
READ_BACK_TOGETHER = (
    ("family_name", "given_name", "birth_date", "nhs_number", "nhs_number_verified"),
    ("home_address", "home_postcode"),
)
NOT_READ_BACK = "Two identifiers were not read back: do so before anyone is sent."
"""What a referral that was taken in without them says until somebody has read them back."""
