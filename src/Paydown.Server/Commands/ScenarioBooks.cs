using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Server.Commands;

/// <summary>
/// The books of a loan at a <c>check</c>, with the field names of the scenarios. Money is written as exact numbers.
/// </summary>
internal static class ScenarioBooks
{
    public static JsonObject Show(
        ScenarioStep step,
        Loan loan,
        bool isApproved,
        AgreedCharges agreed,
        IEnumerable<TransactionRow> transactions
    )
    {
        var currency = loan.Terms.Currency;
        return new JsonObject
        {
            ["step"] = step.Index,
            ["status"] = Status(loan.Status, isApproved, step.Expected),
            ["schedule"] = Schedule(loan, agreed, currency),
            ["totals"] = Totals(loan, agreed.KeptBack(loan), currency),
            ["outstanding"] = Amount(loan.Outstanding.Total, currency),
            ["overdue"] = Amount(
                loan.Installments.Where(row => row.DueOn < loan.AsOf).Sum(row => row.Outstanding.Total),
                currency
            ),
            ["overpaid"] = Amount(loan.Overpaid),
            ["charges"] = new JsonArray([
                .. loan
                    .Charges.Where(charge => !agreed.IsPart(charge.EventId))
                    .Select(charge => ChargeRow(charge, loan))
                    .Concat(agreed.Rows(loan)),
            ]),
            ["transactions"] = new JsonArray([.. transactions.Select(row => Transaction(row, currency))]),
            ["allMet"] = loan.Disbursed.IsPositive && loan.Outstanding.IsZero,
        };
    }

    /// <summary>The row of a fee whose charges are shown as one.</summary>
    public static JsonObject AgreedRow(ScenarioCharge charge, Money due, Money paid, Money waived) =>
        new()
        {
            ["penalty"] = charge.Kind == ChargeKind.Penalty,
            ["time"] = charge.Time == ScenarioChargeTime.Installment ? "INSTALLMENT" : "DISBURSEMENT",
            ["dueDate"] = null,
            ["calculation"] = charge.Of switch
            {
                ScenarioChargeBase.Flat => "FLAT",
                ScenarioChargeBase.Amount => "PERCENT_OF_AMOUNT",
                ScenarioChargeBase.Interest => "PERCENT_OF_INTEREST",
                _ => "PERCENT_OF_AMOUNT_AND_INTEREST",
            },
            ["due"] = Amount(due),
            ["paid"] = Amount(paid),
            ["waived"] = Amount(waived),
            ["outstanding"] = Amount(due - paid - waived),
        };

    private static JsonArray Schedule(Loan loan, AgreedCharges agreed, Currency currency)
    {
        var rows = new JsonArray();
        var disbursements = loan
            .Transactions.Where(transaction => transaction.Kind == LoanEventKind.Disbursement)
            .ToArray();
        if (disbursements.Length == 0)
            rows.Add(DisbursementRow(loan.Terms.SubmittedOn, loan.Terms.Principal, Money.Zero(currency)));
        var writtenOffOn =
            loan.Status == LoanStatus.WrittenOff
                ? loan.Transactions.LastOrDefault(one => one is { Kind: LoanEventKind.WriteOff, IsReversed: false })?.On
                : null;
        var given = disbursements.Where(transaction => !transaction.IsReversed).ToList();
        foreach (var installment in loan.Installments)
        {
            // A disbursement precedes the first installment that falls due after it. The first one precedes all rows.
            var before = given.Where(each => each == disbursements[0] || each.On < installment.DueOn);
            foreach (var disbursement in before.ToArray())
            {
                rows.Add(DisbursementRow(disbursement, agreed));
                given.Remove(disbursement);
            }

            rows.Add(InstallmentRow(installment, writtenOffOn, currency));
        }

        foreach (var disbursement in given)
            rows.Add(DisbursementRow(disbursement, agreed));
        return rows;
    }

    private static JsonObject DisbursementRow(LoanTransaction given, AgreedCharges agreed) =>
        DisbursementRow(given.On, given.Amount, agreed.KeptBackOf(given));

    private static JsonObject DisbursementRow(DateOnly on, Money amount, Money fees) =>
        new()
        {
            ["number"] = null,
            ["dueDate"] = Date(on),
            ["paidDate"] = null,
            ["balance"] = Amount(amount),
            ["fees"] = Amount(fees),
            ["due"] = Amount(fees),
            ["paid"] = Amount(fees),
            ["outstanding"] = Amount(fees - fees),
        };

    // A row keeps its due amount. A waived amount has its own column, a written-off amount has none.
    private static JsonObject InstallmentRow(Installment installment, DateOnly? writtenOffOn, Currency currency)
    {
        var due = AskedBy(installment);
        return new JsonObject
        {
            ["number"] = installment.Number,
            ["days"] = installment.DueOn.DayNumber - installment.FromOn.DayNumber,
            ["dueDate"] = Date(installment.DueOn),
            ["paidDate"] = (installment.PaidOn ?? writtenOffOn) is { } paidOn ? Date(paidOn) : null,
            ["balance"] = Amount(installment.PrincipalBalance),
            ["principal"] = Amount(due.Principal, currency),
            ["interest"] = Amount(due.Interest, currency),
            ["fees"] = Amount(due.Fees, currency),
            ["penalties"] = Amount(due.Penalty, currency),
            ["due"] = Amount(due.Total, currency),
            ["paid"] = Amount(installment.Paid.Total, currency),
            ["inAdvance"] = Amount(installment.PaidInAdvance),
            ["late"] = Amount(installment.PaidLate),
            ["waived"] = Amount(installment.Waived.Total, currency),
            ["outstanding"] = Amount(installment.Outstanding.Total, currency),
        };
    }

    private static ComponentAmounts AskedBy(Installment installment) =>
        installment.Due
        + installment.Waived
        + installment.WrittenOff
        + new ComponentAmounts(0, installment.ForgoneInterest.MinorUnits, 0, 0);

    private static JsonObject Totals(Loan loan, Money keptBack, Currency currency)
    {
        var due = loan.Installments.Aggregate(
            default(ComponentAmounts),
            (sum, installment) => sum + AskedBy(installment)
        );
        return new JsonObject
        {
            ["principal"] = Amount(due.Principal, currency),
            ["interest"] = Amount(due.Interest, currency),
            ["fees"] = Amount(new Money(due.Fees, currency) + keptBack),
            ["penalties"] = Amount(due.Penalty, currency),
            ["due"] = Amount(new Money(due.Total, currency) + keptBack),
            ["paid"] = Amount(new Money(loan.Paid.Total, currency) + keptBack),
            ["inAdvance"] = Amount(
                Money.Sum(loan.Installments.Select(installment => installment.PaidInAdvance), currency)
            ),
            ["late"] = Amount(Money.Sum(loan.Installments.Select(installment => installment.PaidLate), currency)),
            ["waived"] = Amount(loan.Installments.Sum(installment => installment.Waived.Total), currency),
            ["outstanding"] = Amount(loan.Outstanding.Total, currency),
        };
    }

    private static JsonObject ChargeRow(LoanCharge charge, Loan loan)
    {
        var overdue = loan.Terms.OverduePenalty is { } penalty && IsOverduePenalty(charge, loan) ? penalty : null;
        return new JsonObject
        {
            ["penalty"] = charge.Kind == ChargeKind.Penalty,
            ["time"] = overdue is null ? "DUE_DATE" : "OVERDUE",
            ["dueDate"] = Date(overdue is null ? charge.DueOn : loan.Installments[charge.InstallmentNumber - 1].DueOn),
            ["calculation"] =
                overdue is null ? "FLAT"
                : overdue.Of == OverduePenaltyBase.PrincipalOverdue ? "PERCENT_OF_AMOUNT"
                : "PERCENT_OF_AMOUNT_AND_INTEREST",
            ["due"] = Amount(charge.Amount),
            ["paid"] = Amount(charge.Paid),
            ["waived"] = Amount(charge.Waived),
            ["outstanding"] = Amount(charge.Outstanding),
        };
    }

    private static bool IsOverduePenalty(LoanCharge charge, Loan loan) =>
        loan.Transactions.FirstOrDefault(one => one.Kind == LoanEventKind.Disbursement) is { } first
        && charge.EventId == DerivedId.Penalty(first.EventId, charge.InstallmentNumber);

    private static JsonObject Transaction(TransactionRow row, Currency currency) =>
        new()
        {
            ["date"] = Date(row.On),
            ["type"] = row.Type,
            ["amount"] = Amount(row.Amount),
            ["principal"] = Amount(row.Components.Principal, currency),
            ["interest"] = Amount(row.Components.Interest, currency),
            ["fees"] = Amount(row.Components.Fees, currency),
            ["penalties"] = Amount(row.Components.Penalty, currency),
            ["balance"] = Amount(row.Balance),
            ["overpayment"] = Amount(row.Overpaid),
            ["reverted"] = row.IsReversed,
        };

    // The published tables write a state as words or as a code. This uses the form that the check uses.
    private static string Status(LoanStatus status, bool isApproved, JsonElement expected)
    {
        var words = status switch
        {
            LoanStatus.PendingDisbursement => isApproved ? "Approved" : "Submitted and pending approval",
            LoanStatus.Active or LoanStatus.InArrears => "Active",
            LoanStatus.Closed => "Closed (obligations met)",
            LoanStatus.WrittenOff => "Closed (written off)",
            _ => status.ToString(),
        };
        var asked =
            expected.TryGetProperty("status", out var wanted) && wanted.ValueKind == JsonValueKind.String
                ? wanted.GetString()!
                : "";
        return asked.Length > 0 && asked.All(c => c == '_' || char.IsAsciiLetterUpper(c))
            ? string.Concat(words.Where(c => c is not ('(' or ')'))).Replace(' ', '_').ToUpperInvariant()
            : words;
    }

    private static string Date(DateOnly on) => on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static JsonValue Amount(long minorUnits, Currency currency) => Amount(new Money(minorUnits, currency));

    private static JsonValue Amount(Money amount) => JsonValue.Create(amount.Major);
}
