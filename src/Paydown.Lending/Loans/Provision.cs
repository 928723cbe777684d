using Paydown.Lending.Amounts;

namespace Paydown.Lending.Loans;

/// <summary>What the ledger has set aside for the loss of a loan.</summary>
/// <param name="On">The last day through which month ends are done.</param>
/// <param name="Allowance">What is set aside now.</param>
/// <param name="Used">What a charge-off or write-off has taken from it.</param>
public readonly record struct Provision(DateOnly On, Money Allowance, Money Used)
{
    /// <summary>A provision of which a loss has taken what the allowance has, at most the loss.</summary>
    /// <param name="loan">The loan.</param>
    /// <param name="lost">Interest that was in suspense when the loan left the books, which is no expense.</param>
    public Provision UsedBy(Loan loan, Money lost)
    {
        var (there, zero) = (Allowance + Used, Money.Zero(Allowance.Currency));
        if (ChargeOffs.LossOf(loan) is not { } transaction)
            return this with { Allowance = there, Used = zero };
        var loss = loan.Money(Math.Max(0, transaction.Components.Total - lost.MinorUnits));
        var used = loss < there ? loss : there;
        return this with { Allowance = there - used, Used = used };
    }
}

/// <summary>The part of a loan that is expected to be lost, by bucket of arrears.</summary>
/// <param name="BasisPoints">
/// Hundredths of a percent: 0 to 10,000. The first is for loans that are current; then one for each bucket.
/// </param>
public sealed record ProvisionRates(IReadOnlyList<int> BasisPoints)
{
    /// <summary>All of a loan, in basis points.</summary>
    public const int BasisPointsMax = 10_000;

    /// <summary>
    /// What to set aside on a day: the rate of the loan's bucket on the outstanding principal and on the interest that
    /// is recognised and unpaid. Half a minor unit is rounded up. Zero once the loan is off the books.
    /// </summary>
    /// <param name="loan">As of the day.</param>
    /// <param name="policy">The buckets.</param>
    /// <param name="accrued">The interest in the ledger; null if it is recognised when it is paid.</param>
    public Money Of(Loan loan, ArrearsPolicy policy, AccruedInterest? accrued)
    {
        if (!loan.IsOnTheBooks)
            return Money.Zero(loan.Terms.Currency);
        var rate = BasisPoints[policy.BucketOf(Arrears.DaysPastDue(loan, policy, loan.AsOf))];
        var interest = accrued is { } there ? (there.Unpaid - there.Suspended).MinorUnits : 0;
        var exposed = (Int128)(loan.Outstanding.Principal + interest);
        return loan.Money((long)((exposed * rate + BasisPointsMax / 2) / BasisPointsMax));
    }

    /// <inheritdoc/>
    public bool Equals(ProvisionRates? other) => other is not null && BasisPoints.SequenceEqual(other.BasisPoints);

    /// <inheritdoc/>
    public override int GetHashCode() => BasisPoints.Aggregate(0, HashCode.Combine);
}

/// <summary>The allowance of one loan at the month ends of a run.</summary>
public static class Provisioning
{
    /// <summary>The allowance after each month end, in order; the last one is what the run leaves.</summary>
    /// <param name="loan">The loan, as of the last day.</param>
    /// <param name="events">Its events.</param>
    /// <param name="from">What the ledger shows; null if the organisation had no allowance.</param>
    /// <param name="rules">What the organisation has decided.</param>
    /// <param name="through">The last day.</param>
    public static IReadOnlyList<Provision> Through(
        Loan loan,
        IReadOnlyList<LoanEvent> events,
        Provision? from,
        DayRules rules,
        DateOnly through
    )
    {
        var zero = Money.Zero(loan.Terms.Currency);
        if (rules.Provisions is not { } rates)
            return from is { } given ? [given with { On = through, Allowance = zero }] : [];
        if (from is not { } last)
            return [new Provision(through, zero, zero)];
        var steps = new List<Provision>();
        for (var day = PostingDays.MonthEndAfter(last.On); day <= through; day = PostingDays.MonthEndAfter(day))
        {
            List<LoanEvent> known = [.. events.Where(one => one.On <= day)];
            AccruedInterest? accrued =
                rules.Accrual.Posting == AccrualPosting.None
                    ? null
                    : EarnedInterest.Unpaid(loan.Terms, known, day, rules.Accrual.SuspendedAfterDays);
            var then = Loan.Replay(loan.Terms, known, day);
            last = last with { On = day, Allowance = rates.Of(then, rules.Arrears, accrued) };
            steps.Add(last);
        }

        return steps;
    }
}
