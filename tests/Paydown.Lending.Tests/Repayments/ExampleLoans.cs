using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Tests.Repayments;

/// <summary>
/// One simple loan for the rules around the fold: 1,200.00 NGN, no interest, twelve months from 15 January 2026.
/// </summary>
internal static class ExampleLoans
{
    public static readonly DateOnly DisbursedOn = new(2026, 1, 15);

    public static readonly LoanTerms Terms = new()
    {
        Principal = new Money(1_200_00, Naira),
        AnnualRatePercent = 0,
        NumberOfInstallments = 12,
        SubmittedOn = DisbursedOn,
        Allocation = new()
        {
            Strategy = AllocationStrategy.OldestFirst,
            Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
        },
    };

    public static readonly LoanEvent Disbursement = new Disbursed
    {
        Id = new(new Guid("00000000-0000-7000-8000-0000000000d1")),
        Sequence = 1,
        On = DisbursedOn,
        Amount = Kobo(1_200_00),
    };

    public static PaymentReceived Repayment(long minor, DateOnly on, int sequence = 2) =>
        new()
        {
            Id = new(new Guid($"00000000-0000-7000-8000-{sequence:000000000000}")),
            Sequence = sequence,
            On = on,
            Amount = Kobo(minor),
        };

    public static Loan On(DateOnly day, params IReadOnlyList<LoanEvent> repayments) =>
        Loan.Replay(Terms, [Disbursement, .. repayments], day);
}
