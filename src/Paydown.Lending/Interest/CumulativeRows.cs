using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>
/// The rows of a cumulative loan as the payments make them. Each row bears interest by the day on the planned balance,
/// less what was paid early in its period, plus the overdue principal until the last event. Money beyond the
/// installment enlarges its principal, and the terms say what becomes of the installments after it. A row whose due
/// date has passed is never recalculated by a later event.
/// </summary>
internal sealed class CumulativeRows
{
    private readonly LoanTerms terms;
    private readonly PaymentHistory history;
    private readonly DateOnly startOn;
    private readonly IReadOnlyList<Component> order;
    private readonly List<PlannedRow> rows = [];
    private readonly List<MoneyIn> atDue = [];
    private readonly PlannedInstallments installments;
    private long planned;

    private CumulativeRows(LoanTerms terms, PaymentHistory history, long amount, DateOnly startOn)
    {
        (this.terms, this.history, this.startOn) = (terms, history, startOn);
        order = OrderOf(terms.Allocation);
        var downPayment = ScheduleRules.DownPaymentOf(terms, amount);
        planned = amount - downPayment;
        installments = new PlannedInstallments(terms, planned, startOn);
        if (downPayment == 0)
            return;
        rows.Add(
            new PlannedRow
            {
                FromOn = startOn,
                DueOn = startOn,
                IsDownPayment = true,
                Due = new ComponentAmounts(downPayment, 0, 0, 0),
            }
        );
    }

    /// <summary>What closes the loan on the closing day; null if that lies in no period of the schedule.</summary>
    public long? Closing { get; private set; }

    /// <summary>Principal and interest of all rows, in minor units.</summary>
    public long DueTotal
    {
        get
        {
            var due = 0L;
            foreach (var row in rows)
                due += row.Due.Principal + row.Due.Interest;
            return due;
        }
    }

    /// <summary>Makes the rows.</summary>
    /// <param name="terms">Cumulative, declining balance, with recalculation.</param>
    /// <param name="history">All that was paid and charged.</param>
    /// <param name="amount">Principal, in minor units.</param>
    /// <param name="startOn">The day of disbursement.</param>
    /// <param name="closingOn">The day to find <see cref="Closing"/> of; null: none.</param>
    public static CumulativeRows Make(
        LoanTerms terms,
        PaymentHistory history,
        long amount,
        DateOnly startOn,
        DateOnly? closingOn
    )
    {
        var made = new CumulativeRows(terms, history, amount, startOn);
        made.MakeAll(closingOn);
        return made;
    }

    /// <summary>The rows, with nothing paid and without charges.</summary>
    public InstallmentState[] ToStates()
    {
        var states = new InstallmentState[rows.Count];
        for (var i = 0; i < states.Length; i++)
            states[i] = rows[i].ToState();
        return states;
    }

    private void MakeAll(DateOnly? closingOn)
    {
        var from = startOn;
        for (var number = 1; number <= terms.NumberOfInstallments && planned > 0; number++)
        {
            var dueOn = DueDates.Of(terms, startOn, number);
            if (!MakeRow(number, from, dueOn, closingOn))
                return;
            from = dueOn;
        }
    }

    // False if the loan is paid off inside this period.
    private bool MakeRow(int number, DateOnly from, DateOnly dueOn, DateOnly? closingOn)
    {
        var row = new PlannedRow
        {
            FromOn = from,
            DueOn = dueOn,
            Due = ChargesIn(number == 1 ? DateOnly.MinValue : from, dueOn),
        };
        var period = new PlannedPeriod(terms, startOn, rows, planned, (from, dueOn), SeenThrough(dueOn));
        atDue.Clear();
        if (!TakePayments(number, row, period))
            return false;
        if (closingOn is { } on && (on > from || number == 1) && on <= dueOn)
            Closing = ClosingAmount(row, period, on);
        var interest = period.InterestThrough(dueOn, period.Early.Count);
        var principal = installments.PrincipalOf(number, interest, planned);
        var surplus = Math.Max(0, Math.Min(planned, period.EarlyMoney) - principal);
        principal += surplus;
        row.Due += new ComponentAmounts(principal, interest, 0, 0);
        rows.Add(row);
        if (surplus > 0)
            installments.Reschedule(surplus, planned - principal, number);
        // What came early pays the row on its due date, together with what came on it, in the order in which it came.
        foreach (var payment in period.Early)
            PayAtDue(payment, row, number);
        foreach (var payment in atDue)
            PayAtDue(payment, row, number);
        planned -= row.Due.Principal;
        return true;
    }

    private void PayAtDue(MoneyIn payment, PlannedRow row, int number)
    {
        var more = Math.Min(PayRows(payment.Money, row.DueOn), planned - row.Due.Principal);
        if (more <= 0)
            return;
        row.Due += new ComponentAmounts(more, 0, 0, 0);
        row.Pay(Component.Principal, more, row.DueOn);
        installments.Reschedule(more, planned - row.Due.Principal, number);
    }

    // False if the loan was paid off inside this period: its row then falls due on that day, and is the last.
    private bool TakePayments(int number, PlannedRow row, PlannedPeriod period)
    {
        foreach (var payment in history.Payments)
        {
            if (payment.On > row.DueOn || (number > 1 && payment.On <= row.FromOn))
                continue;
            var restOn = RestDates.OnOrAfter(terms, startOn, payment.On);
            if (payment.On >= row.DueOn || restOn >= row.DueOn)
            {
                atDue.Add(payment);
                continue;
            }

            var money = PayRows(payment.Money, restOn);
            money -= row.PayCharges(money);
            if (money <= 0)
                continue;
            period.Early.Add(new MoneyIn(restOn, money));
            if (period.EarlyMoney < planned)
                continue;
            var interest = period.InterestThrough(ClosingRestOn(payment.On, row.DueOn), period.Early.Count - 1);
            if (period.EarlyMoney < planned + interest)
                continue;
            row.DueOn = payment.On;
            row.Due += new ComponentAmounts(planned, interest, 0, 0);
            rows.Add(row);
            planned = 0;
            return false;
        }

        return true;
    }

    private long ClosingAmount(PlannedRow row, PlannedPeriod period, DateOnly on)
    {
        var owed = planned - Math.Min(planned, period.EarlyMoney) + row.Due.Total - row.Paid.Total;
        foreach (var earlier in rows)
            owed += (earlier.Due - earlier.Paid).Total;
        foreach (var payment in atDue)
            if (payment.On <= on)
                owed -= payment.Money;
        return owed
            + ChargesIn(row.DueOn, DateOnly.MaxValue).Total
            + period.InterestThrough(ClosingRestOn(on, row.DueOn), period.Early.Count);
    }

    private DateOnly ClosingRestOn(DateOnly on, DateOnly dueOn)
    {
        if (terms.Recalculation!.PreClosure == PreClosure.TillPreClosureDate)
            return on;
        var restOn = RestDates.OnOrAfter(terms, startOn, on);
        return restOn < dueOn ? restOn : dueOn;
    }

    private long PayRows(long money, DateOnly on)
    {
        foreach (var row in rows)
            for (var c = 0; c < order.Count && money > 0; c++)
                money -= row.Pay(order[c], money, on);
        return money;
    }

    private ComponentAmounts ChargesIn(DateOnly after, DateOnly through)
    {
        var sum = default(ComponentAmounts);
        foreach (var charge in history.Charges)
            if (charge.DueOn > after && charge.DueOn <= through)
                sum += ComponentAmounts.Of(charge.Component, charge.Money);
        return sum;
    }

    // The last day of which this row knew when its due date passed.
    private DateOnly SeenThrough(DateOnly dueOn)
    {
        var seenOn = history.LastOn <= dueOn ? history.LastOn : startOn;
        foreach (var payment in history.Payments)
            if (payment.On <= dueOn && payment.On > seenOn)
                seenOn = payment.On;
        return seenOn;
    }

    private static IReadOnlyList<Component> OrderOf(AllocationPolicy policy) =>
        policy.Strategy == AllocationStrategy.OldestFirst && policy.Order.Count == 4 ? policy.Order
        : policy.Strategy == AllocationStrategy.DueThenInAdvance && policy.Due.Count == 4 ? policy.Due
        : [Component.Penalty, Component.Fee, Component.Interest, Component.Principal];
}
