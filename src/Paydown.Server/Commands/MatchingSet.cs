using System.Globalization;
using System.Text.Json;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Matching;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Statements;
using Paydown.Lending.Wallets;

namespace Paydown.Server.Commands;

/// <summary>What became of an entry of a set.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="Outcome">For example <c>VERIFY r042</c>.</param>
internal sealed record DecidedEntry(string EntryId, string Outcome)
{
    /// <summary>The rule; null for an entry that was known.</summary>
    public MatchRule? Rule { get; init; }

    /// <summary>Why.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>What an officer may do with it; empty unless it waits.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];
}

/// <summary>
/// Loans, reports and entries whose right outcome people have written down, as JSON. Amounts are in minor units. The
/// set has no list of transfers: those that its entries name are taken for the organisation's.
/// </summary>
internal sealed record MatchingSet
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
    };

    public required string Currency { get; init; }

    public int Organisation { get; init; } = 1;

    public required IReadOnlyList<SetLoan> Loans { get; init; }

    public required IReadOnlyList<SetReport> Reports { get; init; }

    public required IReadOnlyList<SetEntry> Entries { get; init; }

    /// <summary>Reads a set.</summary>
    /// <exception cref="JsonException">The text is not one.</exception>
    public static MatchingSet Read(string json) =>
        JsonSerializer.Deserialize<MatchingSet>(json, Options) ?? throw new JsonException("The set is null.");

    /// <summary>Decides about the entries in their order.</summary>
    /// <exception cref="FormatException">A currency or a status is unknown, or a report has no loan.</exception>
    public IEnumerable<DecidedEntry> Decide()
    {
        var names = new SetNames();
        var entries = Entries
            .Select(one => (Of: one, Read: one.ToEntry(CurrencyOf(one.Currency ?? Currency))))
            .ToList();
        var book = new MatchingBook(CandidatesOf(entries.Select(one => one.Read), names));
        var files = new Dictionary<int, EntryOccurrences>();
        var known = new Dictionary<EntryIdentity, string>();
        foreach (var (of, entry) in entries)
        {
            if (!files.TryGetValue(of.File, out var occurrences))
                files[of.File] = occurrences = new();
            var identity = occurrences.Next(entry);
            if (!known.TryAdd(identity, of.Id))
            {
                yield return new(of.Id, $"DUPLICATE {known[identity]}") { Reasons = ["It is in an earlier file."] };
                continue;
            }

            var id = names.Entries.Of(of.Id);
            var decision = book.Decide(id, entry);
            yield return new(of.Id, names.Write(decision))
            {
                Rule = decision.Rule,
                Reasons = decision.Reasons,
                Suggestions = decision.IsAutomatic ? [] : [.. book.Suggest(id, entry).Select(each => each.Reason)],
            };
        }
    }

    private MatchingCandidates CandidatesOf(IEnumerable<StatementEntry> entries, SetNames names)
    {
        var ours = Loans
            .Where(loan => (loan.Organisation ?? Organisation) == Organisation)
            .ToDictionary(loan => loan.Id, StringComparer.Ordinal);
        return new()
        {
            Loans = [.. ours.Values.Select(loan => loan.ToCandidate(names, CurrencyOf(Currency)))],
            Reports =
            [
                .. Reports
                    .Where(report => report.Status != "REJECTED" && ours.ContainsKey(report.Loan))
                    .Select(report => report.ToCandidate(names, ours[report.Loan].Account, CurrencyOf(Currency))),
            ],
            Transfers =
            [
                .. entries
                    .SelectMany(entry => CandidateKeys.Of(entry).Transfers, (entry, id) => (Id: id, entry.Amount))
                    .DistinctBy(transfer => transfer.Id)
                    .Select(transfer => new CandidateTransfer(
                        transfer.Id,
                        transfer.Amount.IsPositive ? transfer.Amount : -transfer.Amount
                    )),
            ],
        };
    }

    private static Currency CurrencyOf(string code) =>
        Lending.Amounts.Currency.Find(code)
        ?? throw new FormatException($"{code} is not a currency that is supported.");
}

/// <summary>A loan of a set.</summary>
internal sealed record SetLoan(string Id, string Reference)
{
    public string? Customer { get; init; }

    public string? Account { get; init; }

    public string? State { get; init; }

    public int? Organisation { get; init; }

    public CandidateLoan ToCandidate(SetNames names, Currency currency) =>
        new()
        {
            Id = names.Loans.Of(Id),
            Reference = Reference,
            State = State == "CLOSED" ? LoanStatus.Closed : LoanStatus.Active,
            Collector = State == "THIRD_PARTY" ? "A third party" : null,
            Currency = currency,
            CustomerName = Customer,
        };
}

/// <summary>A report of a set.</summary>
internal sealed record SetReport(string Id, string Loan, long AmountMinor, DateOnly PaidOn)
{
    public string? Reference { get; init; }

    public string? Status { get; init; }

    public CandidateReport ToCandidate(SetNames names, string? account, Currency currency) =>
        new()
        {
            Id = names.Reports.Of(Id),
            LoanId = names.Loans.Of(Loan),
            Amount = new Money(AmountMinor, currency),
            PaidOn = PaidOn,
            IsVerified = Status == "VERIFIED",
            OwnReference = Reference,
            PayerAccount = account,
        };
}

/// <summary>An entry of a set.</summary>
internal sealed record SetEntry(string Id, DateOnly BookedOn, long AmountMinor)
{
    public int File { get; init; } = 1;

    public string? Currency { get; init; }

    public string? Status { get; init; }

    public bool IsReversal { get; init; }

    public string? Reference { get; init; }

    public string? Text { get; init; }

    public string? CounterpartyName { get; init; }

    public string? CounterpartyAccount { get; init; }

    public string? BankReference { get; init; }

    public string? EndToEndId { get; init; }

    public StatementEntry ToEntry(Currency currency) =>
        new()
        {
            BookedOn = BookedOn,
            ValueOn = BookedOn,
            Amount = new Money(AmountMinor, currency),
            Status = StatusOf(Status),
            IsReversal = IsReversal,
            Reference = Reference,
            Text = Text,
            CounterpartyName = CounterpartyName,
            CounterpartyAccount = CounterpartyAccount,
            BankReference = BankReference,
            EndToEndId = EndToEndId,
        };

    private static EntryStatus StatusOf(string? word) =>
        word is null ? EntryStatus.Book
        : Words.All<EntryStatus>().Contains(word) ? Words.Read<EntryStatus>(word)
        : throw new FormatException($"{word} is not a status: {string.Join(", ", Words.All<EntryStatus>())}.");
}

/// <summary>The rules know ids, and a set has names.</summary>
internal sealed class SetNames
{
    public NamedIds<LoanId> Loans { get; } = new();

    public NamedIds<RepaymentId> Reports { get; } = new();

    public NamedIds<StatementEntryId> Entries { get; } = new();

    /// <summary>An outcome with the name of what it is about.</summary>
    public string Write(EntryDecision decision) =>
        decision.Outcome switch
        {
            MatchOutcome.Verify or MatchOutcome.Confirm =>
                $"{Words.Write(decision.Outcome)} {Reports.NameOf(decision.RepaymentId!.Value)}",
            MatchOutcome.Record => $"RECORD {Loans.NameOf(decision.LoanId!.Value)}",
            MatchOutcome.Reverse => $"REVERSE {Entries.NameOf(decision.EntryId!.Value)}",
            MatchOutcome.SendBack => $"SEND_BACK {Entries.NameOf(decision.EntryId!.Value)}",
            MatchOutcome.Settle or MatchOutcome.Returned =>
                $"{Words.Write(decision.Outcome)} {TransferReference.Of(decision.TransferId!.Value)}",
            MatchOutcome.BankCharge or MatchOutcome.BankInterest or MatchOutcome.OwnTransfer => "NOT_A_REPAYMENT",
            _ => Words.Write(decision.Outcome),
        };
}

/// <summary>Ids in the order of the names that need them.</summary>
internal sealed class NamedIds<TId>
    where TId : struct, IId<TId>
{
    private readonly Dictionary<string, TId> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<TId, string> names = [];

    public TId Of(string name)
    {
        if (ids.TryGetValue(name, out var id))
            return id;
        _ = IdText.TryParse((ids.Count + 1).ToString("x32", CultureInfo.InvariantCulture), "N", out id);
        names[id] = name;
        return ids[name] = id;
    }

    public string NameOf(TId id) => names[id];
}
