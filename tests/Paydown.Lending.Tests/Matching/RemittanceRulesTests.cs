using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Lending.Statements;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Matching;

public sealed class RemittanceRulesTests
{
    private static readonly CandidateCollector One = new(
        CollectorId.Of(Numbered(1)),
        "One Ltd",
        "DE02120300000000202051"
    );
    private static readonly CandidateCollector Other = new(CollectorId.Of(Numbered(2)), "Other Ltd", null);
    private static readonly CandidateCollectorFile OfOne = new(CollectorFileId.Of(Numbered(3)), One.Id, "REMIT202601");
    private static readonly CandidateCollectorFile OfOther = new(CollectorFileId.Of(Numbered(4)), Other.Id, "BATCH777");

    private readonly RemittanceRules rules = new(Naira, [One, Other], [OfOne, OfOther]);

    [Fact]
    public void Money_from_a_collectors_account_is_its_remittance_and_a_named_file_gets_it()
    {
        var entry = Lender.Credit(500_00) with { CounterpartyAccount = "de02 1203 0000 0000 2020 51" };
        var decision = rules.Decide(entry)!;
        (decision.Outcome, decision.CollectorId, decision.CollectorFileId).ShouldBe(
            (MatchOutcome.Remittance, One.Id, (CollectorFileId?)null)
        );
        rules.Decide(entry with { Text = "remit 2026/01" })!.CollectorFileId.ShouldBe(OfOne.Id);
        rules.Decide(entry with { Text = "BATCH 777" })!.CollectorFileId.ShouldBeNull();
    }

    [Fact]
    public void Money_that_names_a_file_is_a_remittance_whoever_sent_it()
    {
        var decision = rules.Decide(Lender.Credit(500_00) with { Text = "For BATCH-777, thanks" })!;
        (decision.CollectorId, decision.CollectorFileId).ShouldBe((Other.Id, OfOther.Id));
        rules.Decide(Lender.Credit(500_00) with { Text = "BATCH 7778" }).ShouldBeNull();
        rules
            .Decide(Lender.Credit(500_00) with { Text = "BATCH777 REMIT202601" })!
            .Outcome.ShouldBe(MatchOutcome.Decide);
    }

    [Fact]
    public void Money_out_reversals_and_announcements_are_no_remittances()
    {
        var entry = Lender.Credit(500_00) with { CounterpartyAccount = One.AccountNumber };
        rules.Decide(entry with { Amount = -entry.Amount }).ShouldBeNull();
        rules.Decide(entry with { IsReversal = true }).ShouldBeNull();
        rules.Decide(entry with { Status = EntryStatus.Pdng }).ShouldBeNull();
        rules.Decide(Lender.Credit(500_00)).ShouldBeNull();
        rules.Decide(entry with { Amount = new Money(1, Currency.Get("EUR")) })!.Outcome.ShouldBe(MatchOutcome.Decide);
    }

    private static Guid Numbered(int number) => new(number, 0, 0, new byte[8]);
}
