namespace Paydown.Server.Commands;

/// <summary>
/// Finds the features of a scenario that Paydown lacks. Such a file is reported with their names and not compared: its
/// figures would be wrong without those features.
/// </summary>
internal static class ScenarioSupport
{
    private static readonly HashSet<string> ProductFields =
    [
        "currency",
        "fractionDigits",
        "rounding",
        "scheduleType",
        "interestMethod",
        "interestPeriod",
        "amortization",
        "daysInYear",
        "daysInMonth",
        "monthEnd",
        "installmentMultipleOf",
        "partialPeriodInterest",
        "downPayment",
        "interestRecalculation",
        "overduePenalty",
        "allocation",
        "dueDatesFrom",
        "leapYear",
        "fixedLengthDays",
        "trancheTerm",
        "chargebackOrder",
        "interestRefundFor",
        "delinquency",
        "chargeOff",
        "interestFromDisbursementDay",
    ];

    private static readonly HashSet<string> RecalculationFields =
    [
        "preClosure",
        "reschedule",
        "compounding",
        "restFrequency",
        "restInterval",
        "balance",
        "noInterestOnPastDue",
    ];

    private static readonly HashSet<string> LoanFields =
    [
        "principal",
        "annualRatePercent",
        "numberOfInstallments",
        "repayEvery",
        "repayUnit",
        "term",
        "termUnit",
        "submitted",
        "firstDueDate",
        "firstDue",
        "gracePrincipal",
        "graceInterest",
        "interestFreePeriods",
        "fixedLength",
        "tranches",
        "charges",
    ];

    private static readonly HashSet<string> CheckFields =
    [
        "op",
        "schedule",
        "totals",
        "status",
        "outstanding",
        "overpaid",
        "transactions",
        "charges",
        "allMet",
        "overdue",
        "delinquency",
        "installmentDelinquency",
    ];

    /// <summary>The names of the missing features, each once, in the order of the file.</summary>
    /// <exception cref="ScenarioException">The text is not a scenario.</exception>
    public static IReadOnlyList<string> Missing(ScenarioField root)
    {
        var (product, loan) = (root.Get("product"), root.Get("loan"));
        var steps = root.Get("steps").Items().ToArray();
        return
        [
            .. OfProduct(product)
                .Concat(Unknown(loan, LoanFields))
                .Concat(steps.SelectMany(OfStep))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> OfProduct(ScenarioField product)
    {
        foreach (var name in Unknown(product, ProductFields))
            yield return name;

        if (product.Find("interestRecalculation") is not { } recalculation)
            yield break;
        foreach (var name in Unknown(recalculation, RecalculationFields))
            yield return name;
        if (recalculation.Find("compounding")?.Text() is { } compounding and not "NONE")
            yield return $"compounding {compounding}";
    }

    private static IEnumerable<string> OfStep(ScenarioField step)
    {
        var operation = step.Get("op").Text();
        if (operation == "check")
            return Unknown(step, CheckFields).Concat(OfChecked(step));
        return [];
    }

    private static IEnumerable<string> OfChecked(ScenarioField check) =>
        (check.Find("transactions")?.Items() ?? [])
            .Select(row => row.Find("type")?.Text())
            .Where(type => type is not null && !TransactionRow.Types.Contains(type))
            .Select(type => type!);

    private static IEnumerable<string> Unknown(ScenarioField place, HashSet<string> known) =>
        place.Names().Where(name => !known.Contains(name) && place.Find(name) is not null);
}
