using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>
/// Recalculated interest of a cumulative loan: the rows of the schedule as the payments make them. Each row bears
/// interest by the day on the planned balance, less what was paid early in its period, plus the overdue principal until
/// the last event. Money beyond the installment enlarges its principal, and the terms say what becomes of the
/// installments after it. A row whose due date has passed is never recalculated by a later event.
/// </summary>
internal sealed class CumulativeRecalculation
{
    private readonly LoanTerms terms;
    private readonly DateOnly startOn;
    private readonly IReadOnlyList<Payment> payments;
    private readonly IReadOnlyList<ChargeDue> charges;
    private readonly DateOnly lastEventOn;
    private readonly IReadOnlyList<Component> order;
    private readonly List<Row> rows = [];
    private readonly List<Payment> early = [];
    private readonly List<Payment> atDue = [];
    private long planned;
    private long installment;
    private long prepaid;
    private long? closing;

    private CumulativeRecalculation(
        LoanTerms terms,
        DateOnly startOn,
        IReadOnlyList<Payment> payments,
        IReadOnlyList<ChargeDue> charges,
        DateOnly lastEventOn
    )
    {
        this.terms = terms;
        this.startOn = startOn;
        this.payments = payments;
        this.charges = charges;
        this.lastEventOn = lastEventOn;
        order = OrderOf(terms.Allocation);
    }

    /// <summary>Makes the rows.</summary>
    /// <param name="terms">Cumulative, declining balance, with recalculation.</param>
    /// <param name="amount">Principal, in minor units.</param>
    /// <param name="startOn">The day of disbursement.</param>
    /// <param name="payments">All that was paid, by value date.</param>
    /// <param name="charges">Fees and penalties with their due dates.</param>
    /// <param name="lastEventOn">Day of the last payment or end of day: overdue principal bears interest till
    /// then.</param>
    /// <param name="closingOn">A day to find the closing amount of.</param>
    /// <param name="closingMinor">What closes the loan on that day; null where it lies in no period of the
    /// schedule.</param>
    public static InstallmentState[] Rows(
        LoanTerms terms,
        long amount,
        DateOnly startOn,
        IReadOnlyList<Payment> payments,
        IReadOnlyList<ChargeDue> charges,
        DateOnly lastEventOn,
        DateOnly closingOn,
        out long? closingMinor
    )
    {
        var made = new CumulativeRecalculation(terms, startOn, payments, charges, lastEventOn);
        made.Make(amount, closingOn);
        closingMinor = made.closing;
        var states = new InstallmentState[made.rows.Count];
        for (var i = 0; i < states.Length; i++)
            states[i] = made.rows[i].ToState();
        return states;
    }

    private void Make(long amount, DateOnly closingOn)
    {
        var downPayment = ScheduleRules.DownPaymentOf(terms, amount);
        if (downPayment > 0)
        {
            var due = new ComponentAmounts(downPayment, 0, 0, 0);
            rows.Add(
                new Row
                {
                    FromOn = startOn,
                    DueOn = startOn,
                    IsDownPayment = true,
                    Due = due,
                }
            );
        }

        planned = amount - downPayment;
        installment = InstallmentFor(planned, 0);
        var from = startOn;
        for (var number = 1; number <= terms.NumberOfInstallments && planned > 0; number++)
        {
            var dueOn = DueDates.Of(terms, startOn, number);
            if (!MakeRow(number, from, dueOn, closingOn))
                return;
            from = dueOn;
        }
    }

    private bool MakeRow(int number, DateOnly from, DateOnly dueOn, DateOnly closingOn)
    {
        var seenOn = SeenThrough(dueOn);
        var charged = ChargesIn(number == 1 ? DateOnly.MinValue : from, dueOn);
        var row = new Row
        {
            FromOn = from,
            DueOn = dueOn,
            Due = charged,
        };
        early.Clear();
        atDue.Clear();
        if (!TakePayments(number, row, seenOn))
            return false;
        if ((closingOn > from || number == 1) && closingOn <= dueOn)
            closing = ClosingAmount(row, closingOn, seenOn);
        var interest = Interest(from, dueOn, dueOn, seenOn, early.Count);
        var earlyMoney = Math.Min(planned, EarlyMoney());
        var principal = PlannedPrincipal(number, interest);
        var surplus = Math.Max(0, earlyMoney - principal);
        principal += surplus;
        row.Due += new ComponentAmounts(principal, interest, 0, 0);
        rows.Add(row);
        if (surplus > 0)
            Reschedule(surplus, planned - principal, number);
        foreach (var payment in MoneyAtDue())
        {
            var more = Math.Min(PayRows(payment.Money, dueOn), planned - row.Due.Principal);
            if (more <= 0)
                continue;
            row.Due += new ComponentAmounts(more, 0, 0, 0);
            row.Pay(Component.Principal, more, dueOn);
            Reschedule(more, planned - row.Due.Principal, number);
        }

        planned -= row.Due.Principal;
        return true;
    }

    // False where the loan was paid off inside this period: its row then falls due on that day, and is the last.
    private bool TakePayments(int number, Row row, DateOnly seenOn)
    {
        foreach (var payment in payments)
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
            early.Add(new Payment(restOn, money));
            if (EarlyMoney() < planned)
                continue;
            var interest = Interest(
                row.FromOn,
                row.DueOn,
                ClosingRestOn(payment.On, row.DueOn),
                seenOn,
                early.Count - 1
            );
            if (EarlyMoney() < planned + interest)
                continue;
            row.DueOn = payment.On;
            row.Due += new ComponentAmounts(planned, interest, 0, 0);
            rows.Add(row);
            planned = 0;
            return false;
        }

        return true;
    }

    // What came early pays the row on its due date, together with what came on it, in the order in which it came.
    private IEnumerable<Payment> MoneyAtDue() => early.Concat(atDue);

    private long ClosingAmount(Row row, DateOnly on, DateOnly seenOn)
    {
        var owed = planned - Math.Min(planned, EarlyMoney()) + row.Due.Total - row.Paid.Total;
        foreach (var earlier in rows)
            owed += (earlier.Due - earlier.Paid).Total;
        foreach (var payment in atDue)
            if (payment.On <= on)
                owed -= payment.Money;
        return owed
            + LaterCharges(row.DueOn)
            + Interest(row.FromOn, row.DueOn, ClosingRestOn(on, row.DueOn), seenOn, early.Count);
    }

    private DateOnly ClosingRestOn(DateOnly on, DateOnly dueOn)
    {
        if (terms.Recalculation!.PreClosure == PreClosure.TillPreClosureDate)
            return on;
        var restOn = RestDates.OnOrAfter(terms, startOn, on);
        return restOn < dueOn ? restOn : dueOn;
    }

    private long PlannedPrincipal(int number, long interest)
    {
        if (number == terms.NumberOfInstallments)
            return planned;
        if (number <= terms.GracePrincipal)
            return 0;
        var wanted = terms.Amortization == Amortization.EqualPrincipal ? installment : installment - interest;
        var principal = Math.Clamp(wanted, 0, planned);
        var skipped = Math.Min(principal, prepaid);
        prepaid -= skipped;
        return principal - skipped;
    }

    private void Reschedule(long surplus, long balance, int number)
    {
        if (terms.Recalculation!.Reschedule == Terms.Reschedule.RescheduleNextRepayments)
            prepaid += surplus;
        if (
            terms.Recalculation.Reschedule == Terms.Reschedule.ReduceEmiAmount
            && balance > 0
            && number < terms.NumberOfInstallments
        )
            installment = InstallmentFor(balance, number);
    }

    private long InstallmentFor(long balance, int done) =>
        DecliningSchedule.RecalculatedInstallment(terms, balance, done, startOn);

    // Each stretch of a period with a balance of its own is rounded by itself.
    private long Interest(DateOnly from, DateOnly dueOn, DateOnly until, DateOnly seenOn, int earlyCount)
    {
        if (terms.InterestPeriod != InterestPeriod.Daily)
            return Significant.Interest(planned, DayCount.PeriodRate(terms));
        var restOn = RestDates.OnOrAfter(terms, startOn, seenOn);
        var total = 0L;
        for (var start = from; start < until; )
        {
            var balance = BearingBalance(start, seenOn, restOn, earlyCount);
            var end = NextCut(start, until, restOn, earlyCount);
            while (end < until && BearingBalance(end, seenOn, restOn, earlyCount) == balance)
                end = NextCut(end, until, restOn, earlyCount);
            total += Significant.Interest(balance, DayCount.DailyFactor(terms, (from, dueOn), start, end));
            start = end;
        }

        return total;
    }

    private long BearingBalance(DateOnly on, DateOnly seenOn, DateOnly restOn, int earlyCount) =>
        Math.Max(0, planned - EarlyMoney(on, earlyCount)) + (on < restOn ? Overdue(on, seenOn) : 0);

    private DateOnly NextCut(DateOnly start, DateOnly until, DateOnly restOn, int earlyCount)
    {
        var cut = until;
        Consider(restOn);
        for (var i = 0; i < earlyCount; i++)
            Consider(early[i].On);
        foreach (var row in rows)
        foreach (var paid in row.Principal)
            Consider(paid.On);
        return cut;

        void Consider(DateOnly on)
        {
            if (on > start && on < cut)
                cut = on;
        }
    }

    private long Overdue(DateOnly on, DateOnly seenOn)
    {
        var overdue = 0L;
        foreach (var row in rows)
        {
            if (RestDates.OnOrAfter(terms, startOn, row.DueOn) >= seenOn)
                continue;
            overdue += row.Due.Principal;
            foreach (var paid in row.Principal)
                if (paid.On <= on)
                    overdue -= paid.Money;
        }

        return overdue;
    }

    private long EarlyMoney() => EarlyMoney(DateOnly.MaxValue, early.Count);

    private long EarlyMoney(DateOnly on, int count)
    {
        var money = 0L;
        for (var i = 0; i < count; i++)
            if (early[i].On <= on)
                money += early[i].Money;
        return money;
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
        foreach (var charge in charges)
            if (charge.DueOn > after && charge.DueOn <= through)
                sum += ComponentAmounts.Of(charge.Component, charge.Money);
        return sum;
    }

    private long LaterCharges(DateOnly after) => ChargesIn(after, DateOnly.MaxValue).Total;

    // The last day of which this row knew when its due date passed.
    private DateOnly SeenThrough(DateOnly dueOn)
    {
        var seenOn = lastEventOn <= dueOn ? lastEventOn : startOn;
        foreach (var payment in payments)
            if (payment.On <= dueOn && payment.On > seenOn)
                seenOn = payment.On;
        return seenOn;
    }

    private static IReadOnlyList<Component> OrderOf(AllocationPolicy policy) =>
        policy.Strategy == AllocationStrategy.OldestFirst && policy.Order.Count == 4 ? policy.Order
        : policy.Strategy == AllocationStrategy.DueThenInAdvance && policy.Due.Count == 4 ? policy.Due
        : [Component.Penalty, Component.Fee, Component.Interest, Component.Principal];

    /// <summary>Money that came, or a part of it. Minor units.</summary>
    internal readonly record struct Payment(DateOnly On, long Money);

    /// <summary>A charge and when it falls due. Minor units.</summary>
    internal readonly record struct ChargeDue(Component Component, DateOnly DueOn, long Money);

    private sealed class Row
    {
        public DateOnly FromOn { get; init; }

        public DateOnly DueOn { get; set; }

        public bool IsDownPayment { get; init; }

        public ComponentAmounts Due { get; set; }

        public ComponentAmounts Paid { get; private set; }

        /// <summary>Principal paid on it, by the rest date from which that counts.</summary>
        public List<Payment> Principal { get; } = [];

        public long Pay(Component component, long money, DateOnly on)
        {
            var paid = Math.Min(money, Due[component] - Paid[component]);
            if (paid <= 0)
                return 0;
            Paid += ComponentAmounts.Of(component, paid);
            if (component == Component.Principal)
                Principal.Add(new Payment(on, paid));
            return paid;
        }

        public long PayCharges(long money)
        {
            var penalty = Pay(Component.Penalty, money, DueOn);
            return penalty + Pay(Component.Fee, money - penalty, DueOn);
        }

        // Charges are added by the fold, each in its turn.
        public InstallmentState ToState() =>
            new()
            {
                FromOn = FromOn,
                DueOn = DueOn,
                IsDownPayment = IsDownPayment,
                Due = Due with { Fees = 0, Penalty = 0 },
            };
    }
}
