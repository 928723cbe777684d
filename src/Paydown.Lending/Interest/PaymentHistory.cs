using Paydown.Lending.Amounts;

namespace Paydown.Lending.Interest;

/// <summary>A payment or a part of one, and the day from which it counts. Minor units.</summary>
internal readonly record struct MoneyIn(DateOnly On, long Money);

/// <summary>A charge and when it falls due. Minor units.</summary>
internal readonly record struct ChargeDue(Component Component, DateOnly DueOn, long Money);

/// <summary>Everything that determines the rows of a cumulative loan with recalculated interest.</summary>
/// <param name="Payments">In order of value date.</param>
/// <param name="Charges">Fees and penalties that were recorded; not the penalties of the replay.</param>
/// <param name="LastOn">
/// Day of the last payment, or the end of day: overdue principal bears interest until then.
/// </param>
/// <param name="EndedOn">The day of the write-off, after which payments change no row; null: there is none.</param>
internal sealed record PaymentHistory(
    IReadOnlyList<MoneyIn> Payments,
    IReadOnlyList<ChargeDue> Charges,
    DateOnly LastOn,
    DateOnly? EndedOn
)
{
    /// <summary>The same with one more payment, after all others of its day.</summary>
    public PaymentHistory With(DateOnly on, long money)
    {
        if (EndedOn <= on)
            return this;
        var payments = new List<MoneyIn>(Payments.Count + 1);
        payments.AddRange(Payments);
        var at = payments.Count;
        while (at > 0 && payments[at - 1].On > on)
            at--;
        payments.Insert(at, new MoneyIn(on, money));
        return this with { Payments = payments, LastOn = EndedOn is null && on > LastOn ? on : LastOn };
    }
}
