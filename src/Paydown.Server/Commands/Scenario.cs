using System.Text.Json;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Server.Commands;

/// <summary>One published loan history: what was agreed, what happened, and what the books must show.</summary>
/// <param name="Id">Its name.</param>
/// <param name="NotSupported">What it asks for that Paydown cannot do yet; if anything, nothing else is read.</param>
internal sealed record Scenario(string Id, IReadOnlyList<string> NotSupported)
{
    private readonly LoanTerms? terms;

    public LoanTerms Terms
    {
        get => terms ?? throw new InvalidOperationException($"{Id} is not supported, so it has no terms.");
        init => terms = value;
    }

    /// <summary>Charges that are agreed with the loan.</summary>
    public IReadOnlyList<ScenarioCharge> Charges { get; init; } = [];

    /// <summary>Kinds of transaction that return the interest that their money had cost.</summary>
    public IReadOnlyList<LoanEventKind> InterestRefundFor { get; init; } = [];

    public IReadOnlyList<ScenarioStep> Steps { get; init; } = [];

    /// <summary>Disbursements that are planned.</summary>
    public IReadOnlyList<(DateOnly On, long AmountMinor)> Tranches { get; init; } = [];

    /// <summary>Whether a check expects rows that only sum up the income of each installment.</summary>
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
            // Some published tables call the fee by what it does.
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
            // The reader's word for a string that is no valid Unicode text.
            throw new ScenarioException("the file", "contains a string that is not valid Unicode text");
        }
    }
}

/// <summary>One step of a scenario, read and checked. What does not belong to its operation is null.</summary>
internal sealed record ScenarioStep(int Index, string Operation)
{
    public DateOnly? On { get; init; }

    public long AmountMinor { get; init; }

    public LoanEventKind Kind { get; init; }

    public ChargeKind? ChargeKind { get; init; }

    /// <summary>For <c>charge</c>.</summary>
    public ScenarioCharge? Charge { get; init; }

    /// <summary>
    /// For <c>undo</c>: which of the transactions of the day; for <c>chargeback</c>: which payment; for
    /// <c>waive_charge</c>: which charge. From 1.
    /// </summary>
    public int Number { get; init; }

    /// <summary>For <c>undo</c>: the type that is counted; null: all.</summary>
    public string? Type { get; init; }

    /// <summary>For a refund: whether interest goes back with it; null: as the product says.</summary>
    public bool? RefundsInterest { get; init; }

    public LoanEventKind? RuleFor { get; init; }

    public FutureRule? Rule { get; init; }

    /// <summary>For <c>check</c>: what must show.</summary>
    public JsonElement Expected { get; init; }
}
