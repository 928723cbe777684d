using Paydown.Lending.Amounts;
using Paydown.Lending.Repayments;

namespace Paydown.Lending.Collectors;

/// <summary>Why a payment that a collector reports is not booked yet.</summary>
public enum CollectionWait
{
    /// <summary>The lender has no loan with this reference or account number.</summary>
    LoanUnknown,

    /// <summary>This collector does not hold the loan.</summary>
    NotHeld,

    /// <summary>The loan is not paid out.</summary>
    NotDisbursed,

    /// <summary>The borrower paid before the loan was paid out.</summary>
    BeforeDisbursement,

    /// <summary>Nothing is owed.</summary>
    LoanClosed,

    /// <summary>The amount is more than closes the loan.</summary>
    AbovePayoff,

    /// <summary>The file states another commission than was agreed.</summary>
    CommissionDiffers,

    /// <summary>Two officers must approve the amount, and only one has sent the file.</summary>
    SecondOfficer,
}

/// <summary>A payment that a collector reports, with what is known of it.</summary>
public sealed record ReportedCollection
{
    /// <summary>What the borrower paid.</summary>
    public required Money Amount { get; init; }

    /// <summary>The commission in the file; null if it has none.</summary>
    public required Money? StatedCommission { get; init; }

    /// <summary>The commission that was agreed.</summary>
    public required Money AgreedCommission { get; init; }

    /// <summary>The day on which the borrower paid.</summary>
    public required DateOnly CollectedOn { get; init; }

    /// <summary>The name of the collector.</summary>
    public required string Collector { get; init; }

    /// <summary>The loan; null if the lender has none of the reference.</summary>
    public required PayableLoan? Loan { get; init; }

    /// <summary>Who collects the loan now; null if the lender does.</summary>
    public required string? Holder { get; init; }

    /// <summary>Repayments above this amount need two officers; null if one always suffices.</summary>
    public required Money? FourEyesAbove { get; init; }
}

/// <summary>A reason to wait, with its explanation for people.</summary>
/// <param name="Wait">The reason.</param>
/// <param name="Explanation">What is wrong, and what would be right.</param>
public sealed record WaitingCollection(CollectionWait Wait, string Explanation);

/// <summary>Decides whether a payment that a collector reports can be booked.</summary>
public static class CollectionRules
{
    /// <summary>The reason to wait; null if it can be booked. The first reason counts.</summary>
    public static WaitingCollection? Decide(ReportedCollection line)
    {
        if (line.Loan is not { } loan)
            return Waits(CollectionWait.LoanUnknown, "No loan has this reference or account number.");
        if (!IsHeldBy(line.Collector, line.Holder))
            return Waits(
                CollectionWait.NotHeld,
                line.Holder is null
                    ? "The lender collects this loan itself; hand it over to the collector first."
                    : "Another collector holds this loan."
            );
        if (loan.DisbursedOn is not { } disbursedOn)
            return Waits(CollectionWait.NotDisbursed, "The loan is not paid out.");
        if (line.CollectedOn < disbursedOn)
            return Waits(CollectionWait.BeforeDisbursement, $"The loan was paid out on {disbursedOn:yyyy-MM-dd}.");
        if (loan.IsSettled)
            return Waits(CollectionWait.LoanClosed, "Nothing is owed on this loan.");
        if (line.Amount > loan.TotalPayable)
            return Waits(
                CollectionWait.AbovePayoff,
                $"{loan.TotalPayable} closes the loan; the line has {line.Amount}."
            );
        if (line.StatedCommission is { } stated && stated != line.AgreedCommission)
            return Waits(
                CollectionWait.CommissionDiffers,
                $"The agreed commission is {line.AgreedCommission}; the line has {stated}."
            );
        return line.Amount > line.FourEyesAbove
            ? Waits(CollectionWait.SecondOfficer, $"Amounts above {line.FourEyesAbove} need a second officer.")
            : null;
    }

    /// <summary>The commission on an amount, rounded half to even to the minor unit.</summary>
    /// <param name="amount">What the borrower paid.</param>
    /// <param name="percent">For example 7.5.</param>
    public static Money Commission(Money amount, decimal percent) =>
        new((long)decimal.Round(amount.MinorUnits * percent / 100, MidpointRounding.ToEven), amount.Currency);

    /// <summary>True if a loan names this collector. Case and surrounding space do not matter.</summary>
    public static bool IsHeldBy(string collector, string? holder) =>
        string.Equals(collector.Trim(), holder?.Trim(), StringComparison.OrdinalIgnoreCase);

    private static WaitingCollection Waits(CollectionWait wait, string explanation) => new(wait, explanation);
}
