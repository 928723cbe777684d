using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Tests.Loans;

/// <summary>A loan of any kind with any history, made from a seed: the same seed is the same loan.</summary>
internal sealed class RandomLoan
{
    private static readonly DateOnly StartOn = new(2023, 1, 31);

    private readonly Random random;
    private readonly History history;
    private DateOnly today = StartOn;

    private RandomLoan(int seed)
    {
        random = new Random(seed);
        Terms = AnyTerms();
        history = new History(Terms.Currency, Terms);
        history.Add(LoanEventKind.Disbursement, StartOn, Terms.Principal.MinorUnits);
    }

    public LoanTerms Terms { get; }

    public IReadOnlyList<LoanEvent> Events => history.Events;

    public DateOnly AsOf => today;

    /// <summary>Payments and charges only, each on a day of its own.</summary>
    public static RandomLoan WithPayments(int seed)
    {
        var loan = new RandomLoan(seed);
        for (var i = loan.random.Next(8); i > 0; i--)
            loan.AddPaymentOrCharge();
        return loan;
    }

    /// <summary>Anything that can happen.</summary>
    public static RandomLoan WithAnything(int seed)
    {
        var loan = new RandomLoan(seed);
        for (var i = loan.random.Next(10); i > 0; i--)
            loan.AddAnything();
        return loan;
    }

    public Loan Replay() => Loan.Replay(Terms, Events, AsOf);

    private void AddPaymentOrCharge()
    {
        today = today.AddDays(random.Next(1, 40));
        if (random.Next(4) == 0)
            AddCharge(random.Next(150));
        else
            history.Add(LoanEventKind.Repayment, today, AnyAmount());
    }

    private void AddAnything()
    {
        today = today.AddDays(random.Next(0, 40));
        switch (random.Next(12))
        {
            case 0 or 1:
                AddCharge(random.Next(-20, 150));
                break;
            case 2:
                history.Add(LoanEventKind.Reversal, today, 0, AnyEvent(LoanEventKind.Repayment));
                break;
            case 3:
                history.Add(
                    LoanEventKind.Repayment,
                    today.AddDays(-random.Next(30)) is var on && on > StartOn ? on : StartOn,
                    AnyAmount()
                );
                break;
            case 4:
                history.Add(LoanEventKind.MerchantIssuedRefund, today, AnyAmount());
                break;
            case 5:
                history.Add(
                    LoanEventKind.Chargeback,
                    today,
                    Math.Max(1, AnyAmount() / 4),
                    AnyEvent(LoanEventKind.Repayment)
                );
                break;
            case 6:
                history.Add(LoanEventKind.Waiver, today, 0, AnyEvent(LoanEventKind.Charge));
                break;
            case 7 when random.Next(3) == 0:
                history.Add(LoanEventKind.WriteOff, today, 0);
                break;
            case 9 when random.Next(2) == 0:
                history.Add(LoanEventKind.Disbursement, today, AnyAmount());
                break;
            case 8:
                history.Add(LoanEventKind.CreditBalanceRefund, today, AnyAmount() / 8 + 1);
                break;
            default:
                history.Add(LoanEventKind.Repayment, today, AnyAmount());
                break;
        }
    }

    private void AddCharge(int days) =>
        history.Add(
            LoanEventKind.Charge,
            today,
            1 + random.NextInt64(Terms.Principal.MinorUnits / 20 + 1),
            dueOn: today.AddDays(days),
            chargeKind: random.Next(2) == 0 ? ChargeKind.Fee : ChargeKind.Penalty
        );

    private LoanEventId AnyEvent(LoanEventKind kind)
    {
        var found = Events.Where(loanEvent => loanEvent.Kind == kind).ToArray();
        return found.Length == 0 ? History.IdOf(9_999) : found[random.Next(found.Length)].Id;
    }

    private long AnyAmount() =>
        1 + random.NextInt64(random.Next(4) == 0 ? Terms.Principal.MinorUnits : Terms.Principal.MinorUnits / 4 + 1);

    private LoanTerms AnyTerms()
    {
        var digits = Pick(0, 2, 2, 3);
        var flat = random.Next(4) == 0;
        return new LoanTerms
        {
            Principal = new Money(1_000 + random.NextInt64(5_000_000), Currency.Of("XTS", digits)),
            AnnualRatePercent = Pick(0m, 7m, 9.4822m, 12m, 30m),
            NumberOfInstallments = random.Next(1, 13),
            RepayEvery = random.Next(1, 4),
            RepayUnit = Pick(PeriodUnit.Days, PeriodUnit.Weeks, PeriodUnit.Months, PeriodUnit.Months, PeriodUnit.Years),
            SubmittedOn = StartOn,
            GracePrincipal = random.Next(4) == 0 ? random.Next(4) : 0,
            GraceInterest = random.Next(4) == 0 ? random.Next(4) : 0,
            InterestFreePeriods = random.Next(4) == 0 ? random.Next(4) : 0,
            ScheduleType = Pick(ScheduleType.Cumulative, ScheduleType.Progressive),
            InterestMethod = flat ? InterestMethod.Flat : InterestMethod.DecliningBalance,
            InterestPeriod = Pick(InterestPeriod.Daily, InterestPeriod.SameAsRepaymentPeriod),
            Amortization = Pick(
                Amortization.EqualInstallments,
                Amortization.EqualInstallments,
                Amortization.EqualPrincipal
            ),
            DaysInYear = Pick(Enum.GetValues<DaysInYear>()),
            DaysInMonth = Pick(Enum.GetValues<DaysInMonth>()),
            MonthEnd = Pick(Enum.GetValues<MonthEnd>()),
            InstallmentMultipleOf = Pick<int?>(null, null, 1),
            DownPayment = random.Next(4) == 0 ? new DownPayment(25m, random.Next(2) == 0) : null,
            Recalculation =
                random.Next(2) == 0
                    ? null
                    : new InterestRecalculation(
                        Pick(Enum.GetValues<PreClosure>()),
                        Pick(Enum.GetValues<Reschedule>()),
                        Pick(Enum.GetValues<RestFrequency>()),
                        random.Next(1, 3),
                        Pick(Enum.GetValues<InterestBalance>())
                    ),
            OverduePenalty =
                random.Next(4) == 0
                    ? Repeated(new OverduePenalty(1.5m, Pick(Enum.GetValues<OverduePenaltyBase>()), random.Next(5)))
                    : null,
            Allocation = Pick(Agreed.OldestFirst, Agreed.DueThenInAdvance, Agreed.Advanced) with
            {
                Processing = Pick(Enum.GetValues<Processing>()),
                DefaultFutureRule = Pick(Enum.GetValues<FutureRule>()),
            },
        };
    }

    private OverduePenalty Repeated(OverduePenalty penalty) =>
        random.Next(2) == 0
            ? penalty
            : penalty with
            {
                EveryDays = random.Next(1, 40),
                CapPercent = Pick<decimal?>(null, 3m, 10m),
            };

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];
}
