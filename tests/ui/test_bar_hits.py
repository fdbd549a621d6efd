"""Which of all things a text means most, before anything is shown."""

from ui.bar.hits import MOST_OF_EACH, MOST_OF_ONE, Candidate, Hit, Sort, Typed, best


def may_be(
    sort: Sort, title: str, words: str = "", *, is_next: bool = False, greyed: bool = False
) -> Candidate:
    hit = Hit(sort, title, title, lambda _: None)
    return Candidate(
        sort, title, title, f"{title} {words}".casefold(), lambda: hit, is_next=is_next, is_greyed=greyed
    )


def titles(candidates: list[Candidate], text: str) -> list[str]:
    return [hit.title for group in best(candidates, Typed.of(text)) for hit in group.hits]


def test_that_the_begin_of_a_name_comes_before_its_middle_and_before_other_words() -> None:
    there = [
        may_be(Sort.PATIENT, "PRICE, Dan", "no harm done"),
        may_be(Sort.PATIENT, "SHARMA, Ravi"),
        may_be(Sort.PATIENT, "PRIOR, Harry"),
        may_be(Sort.PATIENT, "HARRIS, Una"),
    ]
    assert titles(there, "har") == ["HARRIS, Una", "PRIOR, Harry", "SHARMA, Ravi", "PRICE, Dan"]


def test_that_of_a_place_or_an_address_the_begin_of_a_word_is_wanted() -> None:
    there = [
        may_be(Sort.PATIENT, "MARSH, Ivy", "2 Hill Road Folkestone"),
        may_be(Sort.PATIENT, "ODUYA, Ben", "5 Stone Street Dover"),
    ]
    assert titles(there, "stone") == ["ODUYA, Ben"]
    assert titles(there, "folke") == ["MARSH, Ivy"]


def test_that_every_word_must_fit_in_any_order_and_case() -> None:
    there = [may_be(Sort.PATIENT, "MARSH, Ivy"), may_be(Sort.PATIENT, "MARSH, Ian")]
    for said in ("ivy marsh", "Marsh, Ivy", "  MARSH   iv "):
        assert titles(there, said) == ["MARSH, Ivy"]
    assert titles(there, "marsh una") == []


def test_that_a_number_written_in_groups_is_one_word() -> None:
    there = [
        may_be(Sort.PATIENT, "MARSH, Ivy", "9434765919"),
        may_be(Sort.PATIENT, "ODUYA, Ben", "9990000239"),
    ]
    assert titles(there, "943 476 5919") == ["MARSH, Ivy"]
    assert titles(there, "999 000") == ["ODUYA, Ben"]


def test_that_the_kind_that_fits_best_comes_first_and_commands_come_first_among_equals() -> None:
    there = [
        may_be(Sort.PATIENT, "TRIGG, Ann"),
        may_be(Sort.COMMAND, "Triage"),
        may_be(Sort.PLACE, "Astrid House"),
    ]
    assert titles(there, "tri") == ["Triage", "TRIGG, Ann", "Astrid House"]
    assert titles(there, "trig") == ["TRIGG, Ann"]


def test_that_what_cannot_be_used_now_comes_after_what_can() -> None:
    there = [may_be(Sort.COMMAND, "Sign report", greyed=True), may_be(Sort.COMMAND, "Sign out")]
    assert titles(there, "sign") == ["Sign out", "Sign report"]


def test_that_without_a_text_only_what_is_wanted_next_is_shown() -> None:
    there = [may_be(Sort.COMMAND, "Worse", is_next=True), may_be(Sort.COMMAND, "Load")]
    assert titles(there, " ") == ["Worse"]


def test_that_many_of_one_kind_leave_room_for_the_others_and_say_how_many_there_are() -> None:
    many = [may_be(Sort.PATIENT, f"SMITH, Jo {n:02}") for n in range(60)]
    (alone,) = best(many, Typed.of("smith"))
    assert (len(alone.hits), alone.of) == (MOST_OF_ONE, 60)
    first, second = best([*many, may_be(Sort.PRACTITIONER, "Ann Smith")], Typed.of("smith"))
    assert (len(first.hits), first.of, second.of) == (MOST_OF_EACH, 60, 1)


def test_that_hits_are_made_only_of_what_is_shown() -> None:
    made: list[str] = []

    def counted(name: str) -> Candidate:
        def make() -> Hit:
            made.append(name)
            return Hit(Sort.PATIENT, name, name, lambda _: None)

        return Candidate(Sort.PATIENT, name, name, name.casefold(), make)

    best([counted(f"Jo {n}") for n in range(2_000)], Typed.of("jo"))
    assert len(made) == MOST_OF_ONE
