using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Matching;
using Paydown.Lending.Statements;
using Paydown.Lending.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Matching;

public sealed class CreditRulesTests
{
    private readonly Lender lender = new();

    [Fact]
    public void A_reference_in_the_structured_field_verifies_the_report_of_that_amount()
    {
        var report = lender.AddReport(lender.Ada, 500_00);
        lender.AddReport(lender.Ada, 600_00);
        var decision = lender.Decide(Lender.Credit(500_00) with { Reference = lender.Ada.Reference });
        decision.Outcome.ShouldBe(MatchOutcome.Verify);
        decision.Rule.ShouldBe(MatchRule.ReferenceAndAmount);
        decision.RepaymentId.ShouldBe(report.Id);
        decision.LoanId.ShouldBe(lender.Ada.Id);
        decision.Reasons.ShouldBe([
            $"The reference {lender.Ada.Reference} is in the structured field.",
            "The amount equals the report of 3 May 2026.",
        ]);
    }

    [Theory]
    [InlineData("NIP/ADA/{0}")]
    [InlineData("loan{0}from ada")]
    [InlineData("LOAN RF {1} thanks")]
    [InlineData("{2}")]
    [InlineData("{3} and more")]
    [InlineData("WARF {0}")]
    public void A_known_reference_is_found_however_it_is_written(string pattern)
    {
        var reference = lender.Ada.Reference;
        var text = string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            pattern,
            reference,
            reference[2..],
            Lender.Printed(lender.Ada).ToLowerInvariant(),
            reference.Insert(9, "/").Insert(4, "-")
        );
        var decision = lender.Decide(Lender.Credit(500_00, text));
        decision.Outcome.ShouldBe(MatchOutcome.Record);
        decision.LoanId.ShouldBe(lender.Ada.Id);
    }

    [Fact]
    public void Of_two_known_references_that_begin_alike_the_longer_counts()
    {
        // Both have right check digits.
        var longer = lender.AddLoan("12345678901");
        var shorter = ShorterReadingOf(longer);
        if (shorter is not null)
            lender.Change(lender.Ben with { Reference = shorter });
        lender.Decide(Lender.Credit(1_00, $"X{longer.Reference}")).LoanId.ShouldBe(longer.Id);
    }

    [Fact]
    public void A_short_reference_counts_only_as_a_whole_word()
    {
        var shortOne = lender.AddLoan("7");
        lender.Decide(Lender.Credit(1_00, $"PAY {shortOne.Reference}123 NOW")).Outcome.ShouldBe(MatchOutcome.Unmatched);
        lender.Decide(Lender.Credit(1_00, $"PAY {shortOne.Reference} NOW")).LoanId.ShouldBe(shortOne.Id);
    }

    [Fact]
    public void A_reference_that_no_loan_has_is_never_completed()
    {
        lender.AddReport(lender.Ada, 500_00);
        foreach (var typed in (string[])[lender.Ada.Reference[..^1], lender.Ada.Reference[1..], "RF18539007547034"])
            lender.Decide(Lender.Credit(500_00, typed)).Outcome.ShouldBe(MatchOutcome.Unmatched);
    }

    [Fact]
    public void Of_equal_reports_the_nearest_day_counts_and_each_is_used_once()
    {
        var far = lender.AddReport(lender.Ada, 500_00, daysBefore: 20);
        var near = lender.AddReport(lender.Ada, 500_00, daysBefore: 2);
        var entry = Lender.Credit(500_00, lender.Ada.Reference);
        lender.Decide(entry).RepaymentId.ShouldBe(near.Id);
        lender.Decide(entry).RepaymentId.ShouldBe(far.Id);
        lender.Decide(entry).Outcome.ShouldBe(MatchOutcome.Record);
    }

    [Fact]
    public void Money_that_an_officer_has_verified_is_confirmed_and_never_counted_twice()
    {
        var report = lender.AddReport(lender.Ada, 500_00, isVerified: true);
        var decision = lender.Decide(Lender.Credit(500_00, lender.Ada.Reference));
        decision.Outcome.ShouldBe(MatchOutcome.Confirm);
        decision.RepaymentId.ShouldBe(report.Id);
        decision.Reasons[^1].ShouldContain("nothing is posted");
    }

    [Fact]
    public void An_equal_installment_that_was_verified_a_month_ago_is_another_payment()
    {
        lender.AddReport(lender.Ada, 500_00, daysBefore: 31, isVerified: true);
        lender.Decide(Lender.Credit(500_00, lender.Ada.Reference)).Outcome.ShouldBe(MatchOutcome.Record);
    }

    [Fact]
    public void Another_amount_than_reported_waits_and_shows_both()
    {
        lender.AddReport(lender.Ada, 500_00);
        var decision = lender.Decide(Lender.Credit(499_00, lender.Ada.Reference));
        decision.Outcome.ShouldBe(MatchOutcome.Decide);
        decision.Rule.ShouldBe(MatchRule.AmountDiffers);
        decision.Reasons[^1].ShouldBe("499.00 NGN came, but the report is 500.00 NGN of 3 May 2026.");
    }

    [Theory]
    [InlineData(499_00, MatchOutcome.Decide)]
    [InlineData(200_00, MatchOutcome.Decide)]
    [InlineData(510_01, MatchOutcome.Record)]
    public void A_part_of_what_an_officer_has_verified_is_not_recorded_again(long came, MatchOutcome outcome)
    {
        lender.AddReport(lender.Ada, 500_00, isVerified: true);
        lender.Decide(Lender.Credit(came, lender.Ada.Reference)).Outcome.ShouldBe(outcome);
    }

    [Fact]
    public void Unreported_money_above_the_four_eyes_amount_waits()
    {
        lender.Candidates = lender.Candidates with { FourEyesAbove = Kobo(500_00) };
        var report = lender.AddReport(lender.Ben, 900_00);
        lender.Decide(Lender.Credit(500_00, lender.Ada.Reference)).Outcome.ShouldBe(MatchOutcome.Record);
        var larger = lender.Decide(Lender.Credit(500_01, lender.Ada.Reference));
        larger.Outcome.ShouldBe(MatchOutcome.Decide);
        larger.Reasons[^1].ShouldContain("above 500.00 NGN");
        lender.Decide(Lender.Credit(900_00, lender.Ben.Reference)).RepaymentId.ShouldBe(report.Id);
    }

    [Fact]
    public void A_loan_that_takes_no_money_waits_with_the_reason()
    {
        lender.Change(lender.Ada with { State = LoanStatus.Closed });
        lender.Change(lender.Ben with { Collector = "Example Collectors" });
        var dollars = lender.AddLoan("USDUSDUSD1");
        var entry = Lender.Credit(500_00);
        lender.Decide(entry with { Text = lender.Ada.Reference }).Reasons[^1].ShouldContain("is CLOSED");
        lender
            .Decide(entry with { Text = lender.Ben.Reference })
            .Reasons[^1]
            .ShouldContain("Example Collectors collects");
        var other = entry with { Text = dollars.Reference, Amount = new Money(500_00, Currency.Get("USD")) };
        lender.Decide(other).Reasons[^1].ShouldContain("is in NGN, and the money in USD");
    }

    [Fact]
    public void A_loan_in_arrears_is_paid()
    {
        lender.Change(lender.Ada with { State = LoanStatus.InArrears });
        lender.Decide(Lender.Credit(1_00, lender.Ada.Reference)).Outcome.ShouldBe(MatchOutcome.Record);
    }

    [Fact]
    public void Two_loans_wait_and_so_do_two_creditors()
    {
        var two = lender.Decide(Lender.Credit(500_00, $"{lender.Ada.Reference} AND {lender.Ben.Reference}"));
        two.Rule.ShouldBe(MatchRule.SeveralLoans);
        two.LoanId.ShouldBeNull();
        var other = Lender.Credit(500_00, lender.Ada.Reference) with { Reference = "RF18539007547034" };
        lender.Decide(other).Rule.ShouldBe(MatchRule.SeveralLoans);
    }

    [Theory]
    [InlineData("SALARY-36286", "trf Salary 36286 ada", true)]
    [InlineData("SALARY-36286", "trf Salary 362861 ada", false)]
    [InlineData("EB-1288", "EB-12880", false)]
    [InlineData("EB-1288", "EB-1288 20260503", true)]
    [InlineData("LOAN3", "NIP/LOAN3", true)]
    [InlineData("LOAN3", "NIP/LOAN34", false)]
    [InlineData("LOAN3", "MYLOAN3", false)]
    [InlineData("JOHN", "JOHN", false)]
    [InlineData("monthly payment", "MONTHLY PAYMENT", false)]
    public void The_payers_own_words_need_a_digit_and_their_ends(string words, string text, bool isFound)
    {
        lender.AddReport(lender.Ada, 500_00, words: words);
        lender.Decide(Lender.Credit(500_00, text)).Rule.ShouldBe(isFound ? MatchRule.OwnWords : MatchRule.None);
    }

    [Fact]
    public void Own_words_of_two_reports_wait_until_one_is_left()
    {
        lender.AddReport(lender.Ada, 500_00, words: "TX-91274");
        lender.AddReport(lender.Ben, 500_00, words: "TX-91274");
        lender.Decide(Lender.Credit(500_00, "TX 91274")).Outcome.ShouldBe(MatchOutcome.Decide);
        lender.Decide(Lender.Credit(500_01, "TX 91274")).Outcome.ShouldBe(MatchOutcome.Unmatched);
        lender.Decide(Lender.Credit(500_00, lender.Ben.Reference)).Outcome.ShouldBe(MatchOutcome.Verify);
        lender.Decide(Lender.Credit(500_00) with { EndToEndId = "TX-91274" }).LoanId.ShouldBe(lender.Ada.Id);
    }

    [Theory]
    [InlineData(-4, false)]
    [InlineData(-3, true)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public void The_payers_account_counts_within_days_of_the_report(int daysBefore, bool isFound)
    {
        lender.AddReport(lender.Ada, 500_00, daysBefore, account: Lender.AdaAccount);
        var entry = Lender.Credit(500_00, "TRF") with { CounterpartyAccount = "0000 012345" };
        lender.Decide(entry).Rule.ShouldBe(isFound ? MatchRule.AccountAndAmount : MatchRule.None);
    }

    [Fact]
    public void Two_reports_of_the_payers_account_and_amount_wait()
    {
        lender.AddReport(lender.Ada, 500_00, account: Lender.AdaAccount);
        lender.AddReport(lender.Ben, 500_00, daysBefore: 2, account: Lender.AdaAccount);
        var decision = lender.Decide(Lender.Credit(500_00) with { CounterpartyAccount = Lender.AdaAccount });
        decision.Outcome.ShouldBe(MatchOutcome.Decide);
        decision.Reasons[0].ShouldContain("2 May 2026 and 3 May 2026");
    }

    [Fact]
    public void A_name_with_the_right_amount_never_decides()
    {
        lender.AddReport(lender.Ada, 500_00, account: Lender.AdaAccount);
        var entry = Lender.Credit(500_00, "FROM ADA B. SAMPLE") with { CounterpartyName = "ADA B. SAMPLE" };
        lender.Decide(entry).Outcome.ShouldBe(MatchOutcome.Unmatched);
    }

    [Fact]
    public void Money_of_a_transfer_comes_back_once_and_only_in_full()
    {
        var transfer = lender.AddTransfer(500_00);
        var entry = Lender.Credit(500_00, $"RVSL {TransferReference.Of(transfer.Id)}");
        lender.Decide(entry with { Amount = Kobo(499_00) }).Outcome.ShouldBe(MatchOutcome.Decide);
        var decision = lender.Decide(entry);
        decision.Outcome.ShouldBe(MatchOutcome.Returned);
        decision.TransferId.ShouldBe(transfer.Id);
        lender.Decide(entry).Outcome.ShouldBe(MatchOutcome.Decide);
    }

    [Fact]
    public void What_the_bank_returns_or_reverses_never_pays_a_loan()
    {
        lender.AddReport(lender.Ada, 500_00);
        var entry = Lender.Credit(500_00, lender.Ada.Reference);
        lender.Decide(entry with { ReturnReason = "AC04" }).Outcome.ShouldBe(MatchOutcome.Decide);
        lender.Decide(entry with { IsReversal = true }).Outcome.ShouldBe(MatchOutcome.Decide);
        lender.Decide(entry with { DetailsDiffer = true }).Rule.ShouldBe(MatchRule.DetailsDiffer);
        lender.Decide(entry).Outcome.ShouldBe(MatchOutcome.Verify);
    }

    [Fact]
    public void A_charge_that_is_given_back_and_interest_are_of_the_bank()
    {
        lender
            .Decide(Lender.Credit(50, "STAMP DUTY") with { IsReversal = true })
            .Outcome.ShouldBe(MatchOutcome.BankCharge);
        lender
            .Decide(Lender.Credit(50) with { TransactionCode = "ACMT/MCOP/INTR" })
            .Outcome.ShouldBe(MatchOutcome.BankInterest);
    }

    [Theory]
    [InlineData(EntryStatus.Pdng)]
    [InlineData(EntryStatus.Info)]
    public void What_is_not_booked_uses_nothing_up(EntryStatus status)
    {
        var report = lender.AddReport(lender.Ada, 500_00);
        var entry = Lender.Credit(500_00, lender.Ada.Reference);
        lender.Decide(entry with { Status = status }).Outcome.ShouldBe(MatchOutcome.Pending);
        lender.Decide(entry).RepaymentId.ShouldBe(report.Id);
    }

    [Fact]
    public void A_report_needs_its_loan_among_the_candidates()
    {
        lender.AddReport(lender.Ada, 500_00);
        lender.Candidates = lender.Candidates with { Loans = [] };
        Should.Throw<ArgumentException>(() => lender.Decide(Lender.Credit(500_00)));
    }

    private static string? ShorterReadingOf(CandidateLoan loan) =>
        CandidateKeys
            .Of(Lender.Credit(1_00, loan.Reference))
            .References.FirstOrDefault(reference => reference != loan.Reference);
}
