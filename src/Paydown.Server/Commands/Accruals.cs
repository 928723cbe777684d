using System.Text.Json;
using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Server.Commands;

/// <summary>
/// The income that the end-of-day runs of a scenario have booked. A progressive loan books the income through the day
/// of the run as one row with that date. A cumulative loan books it per installment, and the row of a past installment
/// has its due date. When the loan closes, all remaining income is booked. Booked income is never removed. If a late
/// event leaves too much booked and interest is recalculated, an adjustment takes the excess back.
/// </summary>
internal sealed class Accruals
{
    private const string Accrual = "Accrual";
    private const string Adjustment = "Accrual Adjustment";
    private const string Activity = "Accrual Activity";
    private const int WholeLoan = 0;

    private readonly Dictionary<int, ComponentAmounts> booked = [];
    private readonly List<TransactionRow> rows = [];
    private DateOnly? reportedThrough;

    /// <summary>The types of the rows.</summary>
    public static IReadOnlyList<string> Types { get; } = [Accrual, Adjustment, Activity];

    /// <summary>True if an expected row is one of <see cref="Report"/>.</summary>
    public static bool IsReport(JsonElement row) =>
        row.TryGetProperty("type", out var type) && type.ValueEquals(Activity);

    public IReadOnlyList<TransactionRow> Rows => rows;

    /// <summary>True if the income of a charge was booked.</summary>
    public bool HasBooked(LoanCharge charge) =>
        rows.Exists(row => row.On >= charge.DueOn && row.Components[ComponentOf(charge)] >= charge.Amount.MinorUnits);

    /// <summary>Books the income through a day.</summary>
    /// <param name="loan">The loan with all recorded events.</param>
    /// <param name="day">The day.</param>
    /// <param name="recalculated">The interest through a day, if interest depends on the payments; else null.</param>
    /// <param name="recorded">The number of events recorded by then.</param>
    public void AccrueThrough(Loan loan, DateOnly day, Func<DateOnly, Money> recalculated, int recorded)
    {
        ReportThrough(day);
        if (loan.Terms.ScheduleType == ScheduleType.Progressive)
        {
            var income = Sum(loan.Installments.Select(row => IncomeThrough(loan, row, day)));
            if (loan.Terms.RecalculatesInterest)
                income = income with { Interest = recalculated(day).MinorUnits };
            else if (loan.Terms.InterestMethod == InterestMethod.DecliningBalance)
                income = income with { Interest = PlannedInterest(loan, day) };
            Book(WholeLoan, Earliest(day, loan.Installments[^1].DueOn), income, loan, recorded);
            return;
        }

        foreach (var installment in loan.Installments)
        {
            if (installment.IsDownPayment)
                continue;
            Book(
                installment.Number,
                installment.DueOn < day ? installment.DueOn : day,
                IncomeThrough(loan, installment, day),
                loan,
                recorded
            );
        }
    }

    /// <summary>Takes back the booked income of a charge that is waived.</summary>
    public void TakeBack(Loan loan, LoanCharge charge, Money waived)
    {
        var key = loan.Terms.ScheduleType == ScheduleType.Progressive ? WholeLoan : charge.InstallmentNumber;
        booked[key] = booked.GetValueOrDefault(key) - ComponentAmounts.Of(ComponentOf(charge), waived.MinorUnits);
    }

    /// <summary>Lets <see cref="Report"/> show the installments that fell due by this day.</summary>
    public void ReportThrough(DateOnly day)
    {
        if (reportedThrough is null || day > reportedThrough)
            reportedThrough = day;
    }

    /// <summary>Books the remaining income of a closed loan.</summary>
    /// <param name="loan">The closed loan.</param>
    /// <param name="on">The value date of the last payment, for the booked rows.</param>
    /// <param name="recordedOn">The day on which it was recorded, for the rows that take income back.</param>
    /// <param name="recorded">The number of events recorded by then.</param>
    public void AccrueRest(Loan loan, DateOnly on, DateOnly recordedOn, int recorded)
    {
        ReportThrough(recordedOn.AddDays(-1));
        var income = Sum(loan.Installments.Select(IncomeOf));
        if (loan.Terms.ScheduleType == ScheduleType.Cumulative)
        {
            Append(Accrual, on, Positive(income - Sum(booked.Values)), loan, recorded);
            booked.Clear();
            foreach (var installment in loan.Installments)
                booked[installment.Number] = IncomeOf(installment);
            return;
        }

        Book(WholeLoan, Earliest(recordedOn, loan.Installments[^1].DueOn), income, loan, recorded, recordedOn);
    }

    // No income has a date after the last installment.
    private static DateOnly Earliest(DateOnly left, DateOnly right) => left < right ? left : right;

    /// <summary>
    /// The income of each installment, with its due date, if an end-of-day run has passed that date. Once the loan is
    /// closed, the later installments too.
    /// </summary>
    public IEnumerable<TransactionRow> Report(Loan loan, DateOnly? closedOn)
    {
        var rest = default(ComponentAmounts);
        foreach (var installment in loan.Installments)
        {
            var income = IncomeOf(installment) + installment.Waived;
            if (closedOn is { } on && installment.DueOn >= on)
                rest += income;
            else if (income.Total > 0 && installment.DueOn <= reportedThrough)
                yield return Row(Activity, installment.DueOn, income, loan, int.MaxValue);
        }

        if (rest.Total > 0)
            yield return Row(Activity, closedOn!.Value, rest, loan, int.MaxValue);
    }

    private void Book(
        int key,
        DateOnly on,
        ComponentAmounts income,
        Loan loan,
        int recorded,
        DateOnly? recordedOn = null
    )
    {
        var rest = income - booked.GetValueOrDefault(key);
        var (more, less) = (Positive(rest), Positive(default(ComponentAmounts) - rest));
        booked[key] = booked.GetValueOrDefault(key) + more;
        Append(Accrual, on, more, loan, recorded);
        if (!loan.Terms.RecalculatesInterest)
            return;
        booked[key] -= less;
        Append(Adjustment, recordedOn ?? on, less, loan, recorded);
    }

    // Reinstated debt was booked as income before.
    private static ComponentAmounts IncomeOf(Installment installment) =>
        (installment.Due - installment.Returned) with
        {
            Principal = 0,
        };

    // For the current installment, the share of the days that have passed.
    private static ComponentAmounts IncomeThrough(Loan loan, Installment installment, DateOnly day)
    {
        var interest = EarnedInterest.Of(loan.Terms, installment, day).MinorUnits;
        var income = new ComponentAmounts(0, interest, 0, 0);
        foreach (var charge in loan.Charges)
            if (charge.InstallmentNumber == installment.Number && charge.DueOn <= day)
                income += ComponentAmounts.Of(ComponentOf(charge), (charge.Amount - charge.Waived).MinorUnits);
        return income;
    }

    // The past installments, and the days of the current one on the planned balance.
    private static long PlannedInterest(Loan loan, DateOnly day)
    {
        var (past, current, balance) = (0L, 0m, 0L);
        foreach (var installment in loan.Installments)
        {
            if (installment.DueOn <= day)
                past += IncomeOf(installment).Interest;
            else if (installment.FromOn < day && installment.Due.Interest > 0)
                current += OfCurrent(loan, installment, balance, day);
            balance = installment.PrincipalBalance.MinorUnits;
        }

        return past + (long)Math.Round(current, MidpointRounding.ToEven);
    }

    private static decimal OfCurrent(Loan loan, Installment installment, long balance, DateOnly day)
    {
        var factor =
            DayCount.Factor(loan.Terms, installment.FromOn, installment.DueOn)
            / (installment.DueOn.DayNumber - installment.FromOn.DayNumber);
        var isFirst = true;
        var interest = balance * factor * (day.DayNumber - installment.FromOn.DayNumber);
        foreach (var given in loan.Transactions)
        {
            if (given.Kind != LoanEventKind.Disbursement || given.IsReversed)
                continue;
            var isInBalance = given.On < installment.FromOn || (isFirst && installment.Number > 1);
            isFirst = false;
            if (!isInBalance && given.On < day)
                interest += given.Amount.MinorUnits * factor * (day.DayNumber - given.On.DayNumber);
        }

        return interest;
    }

    private void Append(string type, DateOnly on, ComponentAmounts income, Loan loan, int recorded)
    {
        if (income.Total > 0)
            rows.Add(Row(type, on, income, loan, 2 * recorded + 1));
    }

    private static TransactionRow Row(string type, DateOnly on, ComponentAmounts income, Loan loan, int sequence) =>
        new()
        {
            On = on,
            Sequence = sequence,
            Type = type,
            Amount = loan.Money(income.Total),
            Components = income,
            Overpaid = Money.Zero(loan.Terms.Currency),
            Balance = Money.Zero(loan.Terms.Currency),
        };

    private static Component ComponentOf(LoanCharge charge) =>
        charge.Kind == ChargeKind.Penalty ? Component.Penalty : Component.Fee;

    private static ComponentAmounts Sum(IEnumerable<ComponentAmounts> parts) =>
        parts.Aggregate(default(ComponentAmounts), (sum, each) => sum + each);

    private static ComponentAmounts Positive(ComponentAmounts parts) =>
        new(0, Math.Max(0, parts.Interest), Math.Max(0, parts.Fees), Math.Max(0, parts.Penalty));
}
