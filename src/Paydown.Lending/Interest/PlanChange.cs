using Paydown.Lending.Installments;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>A change of the installments from a row on. The days of the rows in the book are new already.</summary>
/// <param name="First">The index of the first changed row.</param>
/// <param name="Terms">With the interval of the changed rows, and the due date of the first one.</param>
internal readonly record struct PlanChange(int First, LoanTerms Terms)
{
    /// <summary>The changed rows have new days.</summary>
    public bool HasNewDays { get; init; }

    /// <summary>Their amounts are computed again; otherwise they keep them, and the last one takes the rest.</summary>
    public bool IsReckonedAnew { get; init; }

    /// <summary>The rate changes: the new one.</summary>
    public decimal? AnnualRatePercent { get; init; }

    /// <summary>The last day with the old rate.</summary>
    public DateOnly RateAfter { get; init; }

    public int GracePrincipal { get; init; }

    public int GraceInterest { get; init; }

    /// <summary>Principal that left earlier rows, in minor units.</summary>
    public long Principal { get; init; }

    /// <summary>Interest that left earlier rows, in minor units.</summary>
    public long Interest { get; init; }

    public MovedInterest MovedInterest { get; init; }

    /// <summary>The rows before are final as they are: nothing more falls due with them.</summary>
    public bool EndsEarlierRows { get; init; }

    /// <summary>The part of <see cref="Interest"/> that a changed row asks for.</summary>
    /// <param name="index">Counted from the first changed row.</param>
    /// <param name="count">How many rows are changed.</param>
    public long InterestOf(int index, int count)
    {
        if (MovedInterest == MovedInterest.WithNext)
            return index == 0 ? Interest : 0;
        var part = Interest / count;
        return index == count - 1 ? Interest - part * (count - 1) : part;
    }

    /// <summary>Fills principal and interest of rows as if they were a new loan.</summary>
    /// <param name="terms">The terms of the rows.</param>
    /// <param name="balance">Principal, in minor units.</param>
    /// <param name="interest">Interest that the installments pay besides, if they are equal.</param>
    /// <param name="factors">Of the periods.</param>
    /// <param name="rows">With their days.</param>
    public void Reckon(
        LoanTerms terms,
        long balance,
        long interest,
        ReadOnlySpan<decimal> factors,
        Span<InstallmentState> rows
    ) =>
        DecliningSchedule.Fill(
            terms with
            {
                GracePrincipal = GracePrincipal,
                GraceInterest = GraceInterest,
            },
            terms.Amortization == Amortization.EqualPrincipal ? balance : balance + interest,
            factors,
            rows
        );
}
