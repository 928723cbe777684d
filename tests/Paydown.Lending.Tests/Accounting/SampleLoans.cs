using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Tests.Accounting;

/// <summary>A loan of 12,000.00 over 12 months at 12 % a year, and what happens to it.</summary>
internal static class SampleLoans
{
    public static readonly DateOnly DisbursedOn = new(2026, 1, 15);

    public static readonly LoanEventId DisbursementId = Id(1);

    public static readonly LoanTerms Terms = new()
    {
        Principal = new Money(1_200_000, Currency.Get("NGN")),
        AnnualRatePercent = 12,
        NumberOfInstallments = 12,
        SubmittedOn = DisbursedOn,
        DaysInYear = DaysInYear.Days360,
        DaysInMonth = DaysInMonth.Days30,
        Allocation = new AllocationPolicy
        {
            Strategy = AllocationStrategy.OldestFirst,
            Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
        },
    };

    public static readonly LoanTerms TermsWithPenalty = Terms with
    {
        OverduePenalty = new OverduePenalty(5, OverduePenaltyBase.PrincipalOverdue, GraceDays: 0),
    };

    public static LoanEvent Disbursement { get; } =
        new Disbursed
        {
            Id = DisbursementId,
            Sequence = 1,
            On = DisbursedOn,
            Amount = Kobo(1_200_000),
        };

    public static LoanEvent Repayment(int sequence, DateOnly on, long amountMinor) =>
        new PaymentReceived
        {
            Id = Id(sequence),
            Sequence = sequence,
            On = on,
            Amount = Kobo(amountMinor),
        };

    public static LoanEvent Reversal(int sequence, DateOnly on, LoanEventId target) =>
        new EventReversed
        {
            Id = Id(sequence),
            Sequence = sequence,
            On = on,
            EventId = target,
        };

    public static LoanEvent Charge(int sequence, DateOnly on, ChargeKind kind, long amountMinor) =>
        new ChargeApplied
        {
            Id = Id(sequence),
            Sequence = sequence,
            On = on,
            Amount = Kobo(amountMinor),
            Charge = kind,
            DueOn = on,
        };

    public static LoanEventId Id(int number) => new(new Guid(number, 0, 0, [0x80, 0, 0, 0, 0, 0, 0, 0]));
}
