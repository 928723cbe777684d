using System.Text.Json;
using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Server.Commands;

/// <summary>One published loan history: the terms, the events, and the figures that the books must show.</summary>
/// <param name="Id">Its name.</param>
/// <param name="NotSupported">The features that Paydown lacks; if there are any, nothing else is read.</param>
internal sealed record Scenario(string Id, IReadOnlyList<string> NotSupported)
{
    private readonly LoanTerms? terms;

    public LoanTerms Terms
    {
        get => terms ?? throw new InvalidOperationException($"{Id} is not supported, so it has no terms.");
        init => terms = value;
    }

    /// <summary>The charges that are agreed with the loan.</summary>
    public IReadOnlyList<ScenarioCharge> Charges { get; init; } = [];

    /// <summary>The kinds of payment that also refund the interest on their amount.</summary>
    public IReadOnlyList<PaymentSource> InterestRefundFor { get; init; } = [];

    /// <summary>What counts as overdue, and the names of the ranges.</summary>
    public ScenarioArrears Arrears { get; init; } = ScenarioArrears.Default;

    public IReadOnlyList<ScenarioStep> Steps { get; init; } = [];

    /// <summary>The planned disbursements.</summary>
    public IReadOnlyList<(DateOnly On, Money Amount)> Tranches { get; init; } = [];

    /// <summary>True if a check expects the rows that sum up the income of each installment.</summary>
    public bool AsksForReport =>
        Steps.Any(step =>
            step.Expected.ValueKind == JsonValueKind.Object
            && step.Expected.TryGetProperty("transactions", out var rows)
            && rows.ValueKind == JsonValueKind.Array
            && rows.EnumerateArray().Any(Accruals.IsReport)
        );

    /// <summary>Reads a scenario file.</summary>
    /// <exception cref="ScenarioException">The text is not a scenario.</exception>
    public static Scenario Read(string json)
    {
        try
        {
            // Some published tables name the fee by its effect.
            json = json.Replace(
                "\"Repayment (at time of disbursement)\"",
                $"\"{TransactionRow.FeeAtDisbursement}\"",
                StringComparison.Ordinal
            );
            using var document = JsonDocument.Parse(json);
            return ScenarioReader.Read(new ScenarioField(document.RootElement.Clone(), ""));
        }
        catch (JsonException exception)
        {
            throw new ScenarioException(
                $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}",
                "is not JSON"
            );
        }
        catch (InvalidOperationException)
        {
            // The JSON reader throws this for a string that is not valid Unicode.
            throw new ScenarioException("the file", "contains a string that is not valid Unicode text");
        }
    }
}

/// <summary>One step of a scenario, read and checked. Fields of other operations are null.</summary>
internal sealed record ScenarioStep(int Index, string Operation)
{
    public DateOnly? On { get; init; }

    /// <summary>For an act on a running loan: the act, without an id.</summary>
    public LoanAct? Act { get; init; }

    public Money? Amount { get; init; }

    /// <summary>For money that settles debts, and for <c>chargeback</c>: the source of the payment.</summary>
    public PaymentSource Source { get; init; }

    /// <summary>For <c>charge</c>.</summary>
    public ScenarioCharge? Charge { get; init; }

    /// <summary>
    /// A number from 1: the transaction of the day for <c>undo</c>, the payment for <c>chargeback</c>, the charge for
    /// <c>waive_charge</c>.
    /// </summary>
    public int Number { get; init; }

    /// <summary>For <c>undo</c>: the type of transaction that is counted; null for all.</summary>
    public string? Type { get; init; }

    /// <summary>For a refund: true if interest is refunded too; null for the default of the product.</summary>
    public bool? RefundsInterest { get; init; }

    public PaymentSource? RuleFor { get; init; }

    public FutureRule? Rule { get; init; }

    /// <summary>For <c>check</c>: the expected figures.</summary>
    public JsonElement Expected { get; init; }
}
