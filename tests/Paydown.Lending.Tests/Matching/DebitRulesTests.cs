using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Lending.Statements;
using Paydown.Lending.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Matching;

public sealed class DebitRulesTests
{
    private readonly Lender lender = new();

    [Fact]
    public void The_banks_reference_and_the_opposite_amount_take_an_entry_back_once()
    {
        var credit = Lender.Credit(500_00, lender.Ada.Reference) with { BankReference = "NXT/1234567" };
        var id = Decided(credit);
        var debit = credit with { Amount = Kobo(-500_00), BankReference = "nxt1234567", Text = "RVSL" };
        var decision = lender.Decide(debit);
        decision.Outcome.ShouldBe(MatchOutcome.Reverse);
        decision.EntryId.ShouldBe(id);
        decision.Reasons.ShouldBe(["It takes back the entry of 4 May 2026: amount and bank's reference are equal."]);
        lender.Decide(debit).Outcome.ShouldBe(MatchOutcome.Unmatched);
    }

    [Fact]
    public void A_returned_direct_debit_is_found_by_its_end_to_end_id_and_shows_the_reason()
    {
        var id = Decided(Lender.Credit(500_00) with { EndToEndId = "DD-2026-05-17" });
        var debit = Lender.Credit(-500_00) with { EndToEndId = "DD-2026-05-17" };
        lender.Decide(debit).Outcome.ShouldBe(MatchOutcome.Unmatched);
        var decision = lender.Decide(debit with { ReturnReason = "MD06" });
        decision.EntryId.ShouldBe(id);
        decision.Reasons[^1].ShouldBe("The reason is MD06.");
    }

    [Fact]
    public void What_may_take_back_two_entries_waits_and_so_does_an_unknown_reversal()
    {
        Decided(Lender.Credit(500_00) with { BankReference = "1234567" });
        Decided(Lender.Credit(500_00) with { BankReference = "1234567" });
        var debit = Lender.Credit(-500_00) with { BankReference = "1234567" };
        lender.Decide(debit).Outcome.ShouldBe(MatchOutcome.Decide);
        lender
            .Decide(debit with { BankReference = "7654321", IsReversal = true })
            .Outcome.ShouldBe(MatchOutcome.Decide);
    }

    [Fact]
    public void A_return_to_a_payer_is_paid_once_by_its_reference_or_by_account_and_amount_after_the_order()
    {
        CandidateReturn Ordered(long kobo) => new(lender.NewEntryId(), Kobo(kobo), Lender.AdaAccount, Lender.Today);
        CandidateReturn[] returns = [Ordered(10_00), Ordered(20_00), Ordered(30_00), Ordered(30_00)];
        lender.Candidates = lender.Candidates with { Returns = returns };
        var named = Lender.Credit(-10_00, $"back {ReturnReference.Of(returns[0].EntryId).ToLowerInvariant()}");
        lender.Decide(named with { Amount = Kobo(-9_00) }).Outcome.ShouldBe(MatchOutcome.Decide);
        lender.Decide(named).EntryId.ShouldBe(returns[0].EntryId);
        lender.Decide(named).Reasons.ShouldBe(["The return that it names was paid before."]);

        var there = Lender.Credit(-20_00) with { CounterpartyAccount = "0000 012 345" };
        lender.Decide(there with { BookedOn = Lender.Today.AddDays(-1) }).Outcome.ShouldBe(MatchOutcome.Unmatched);
        lender.Decide(there with { CounterpartyAccount = "1" }).Outcome.ShouldBe(MatchOutcome.Unmatched);
        lender.Decide(there with { IsReversal = true }).Outcome.ShouldBe(MatchOutcome.Decide);
        var paid = lender.Decide(there);
        (paid.Outcome, paid.EntryId).ShouldBe((MatchOutcome.SendBack, returns[1].EntryId));
        lender.Decide(there).Outcome.ShouldBe(MatchOutcome.Unmatched);
        lender.Decide(there with { Amount = Kobo(-30_00) }).Reasons[0].ShouldContain("2 ordered returns");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("17")]
    [InlineData("00000000")]
    [InlineData(null)]
    public void A_counter_of_the_bank_takes_nothing_back(string? counter)
    {
        Decided(Lender.Credit(500_00) with { BankReference = counter });
        lender.Decide(Lender.Credit(-500_00) with { BankReference = counter }).Outcome.ShouldBe(MatchOutcome.Unmatched);
    }

    [Fact]
    public void A_later_entry_is_not_taken_back()
    {
        Decided(Lender.Credit(500_00) with { BankReference = "1234567", BookedOn = Lender.Today.AddDays(1) });
        lender
            .Decide(Lender.Credit(-500_00) with { BankReference = "1234567" })
            .Outcome.ShouldBe(MatchOutcome.Unmatched);
    }

    [Fact]
    public void A_transfer_leaves_once_and_only_in_full()
    {
        var transfer = lender.AddTransfer(500_00);
        var entry = Lender.Credit(-500_00) with { EndToEndId = TransferReference.Of(transfer.Id) };
        lender.Decide(entry with { Amount = Kobo(-400_00) }).Outcome.ShouldBe(MatchOutcome.Decide);
        lender.Decide(entry).TransferId.ShouldBe(transfer.Id);
        lender.Decide(entry).Outcome.ShouldBe(MatchOutcome.Decide);
        lender
            .Decide(entry with { EndToEndId = $"TRF{new Guid(9, 9, 9, new byte[8]):N}" })
            .Outcome.ShouldBe(MatchOutcome.Unmatched);
    }

    [Theory]
    [InlineData("VAT ON COMMISSION", null, true)]
    [InlineData("Sms alert charges May", null, true)]
    [InlineData("STAMP  DUTY", null, true)]
    [InlineData("PRIVATE SALE", null, false)]
    [InlineData("MASSMSG", null, false)]
    [InlineData(null, "ACMT/MDOP/CHRG", true)]
    [InlineData(null, "PMNT/ICDT/ESCT", false)]
    public void A_charge_is_known_by_whole_words_or_the_banks_code(string? text, string? code, bool isCharge)
    {
        lender
            .Decide(Lender.Credit(-50, text) with { TransactionCode = code })
            .Outcome.ShouldBe(isCharge ? MatchOutcome.BankCharge : MatchOutcome.Unmatched);
    }

    [Fact]
    public void A_payment_to_somebody_is_no_charge_and_a_reference_in_it_pays_nothing()
    {
        lender.AddReport(lender.Ada, 500_00);
        var entry = Lender.Credit(-500_00, $"COMMISSION {lender.Ada.Reference}");
        var decision = lender.Decide(entry);
        decision.Outcome.ShouldBe(MatchOutcome.Unmatched);
        decision.Reasons[0].ShouldContain(lender.Ada.Reference);
        lender
            .Decide(Lender.Credit(-500_00, "COMMISSION") with { CounterpartyAccount = "0000077777" })
            .Outcome.ShouldBe(MatchOutcome.Unmatched);
    }

    private StatementEntryId Decided(StatementEntry credit)
    {
        var id = lender.NewEntryId();
        lender.Decide(id, credit);
        return id;
    }
}
