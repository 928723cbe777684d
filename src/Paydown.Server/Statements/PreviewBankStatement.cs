using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Statements;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Statements;
using Paydown.Statements.Csv;
using Paydown.Statements.Reading;

namespace Paydown.Server.Statements;

/// <summary>
/// Shows an officer how a file of bank statements would be read, above all a CSV file with a profile that is being
/// written. Nothing is stored.
/// </summary>
public sealed class PreviewBankStatement(NpgsqlDataSource database) : IUseCase
{
    private const int EntriesShownMax = 20;

    private static readonly Field<CollectionAccountId?> AccountId = Field
        .Id<CollectionAccountId>(
            "collectionAccountId",
            "The lender's bank account that the file is of, if the file does not say. Its CSV profile is used."
        )
        .Optional();
    private static readonly Field<string?> Profile = Field
        .Text("csvProfile", "The profile to try instead, as JSON (docs/bank-statements.md).", 2, 4_000)
        .Optional()
        .NotInExamples();

    public static Contract Contract { get; } =
        new Contract("Show how a file of bank statements would be read, without storing anything")
            .Takes(AccountId, Profile)
            .ReadsFile(ImportBankStatement.FileBytesMax)
            .Returns<PreviewedFile>()
            .Refuses(
                Refusals.NotFound("collection account"),
                Refusals.ValidationFailed(),
                Refusals.BankStatementUnreadable("Line 12: '12.50x' is not an amount; write 12.50.")
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        OwnAccount? account = null;
        if (call.Query.Get(AccountId) is { } id)
        {
            await using var connection = await database.OpenConnectionAsync(call.Cancellation);
            var accounts = await CollectionAccountStore.ListAsync(
                connection,
                call.Caller.OrganisationId,
                call.Cancellation
            );
            account = accounts.FirstOrDefault(one => one.Id == id);
            if (account is null)
                return Answer.Refused(Refusals.NotFound("collection account"));
        }

        var profile = ProfileOf(call.Query.Get(Profile) ?? account?.CsvProfile);
        if (profile.IsRefused)
            return Answer.Refused(profile.Refusal);
        var reading = new StatementReading
        {
            Account = account?.AccountNumber,
            Currency = account?.Currency,
            Profile = profile.Value.Profile,
        };
        var shown = Show(call.File.Open(), reading);
        return shown.IsRefused ? Answer.Refused(shown.Refusal) : Answer.Success(shown.Value);
    }

    private static Result<ChosenProfile> ProfileOf(string? json)
    {
        if (json is null)
            return new ChosenProfile(null);
        try
        {
            return new ChosenProfile(CsvProfile.Parse(json));
        }
        catch (StatementFaultException exception)
        {
            return Refusals.ValidationFailed(new FieldError(Profile.Name, exception.Message));
        }
    }

    private static Result<PreviewedFile> Show(Stream file, StatementReading reading)
    {
        var statements = new List<PreviewedStatement>();
        var entries = new List<PreviewedEntry>();
        StatementOpened? opened = null;
        try
        {
            var csv = StatementFile.PreviewCsv(file, reading);
            file.Position = 0;
            foreach (var item in StatementFile.Read(file, reading))
            {
                if (item is StatementOpened begins)
                    (opened, entries) = (begins, []);
                else if (item is EntryRead { Entry: var entry } && entries.Count < EntriesShownMax)
                    entries.Add(PreviewedEntry.Of(entry));
                else if (item is StatementClosed closed)
                    statements.Add(PreviewedStatement.Of(opened!, closed, entries));
            }

            return opened is null
                ? Refusals.BankStatementUnreadable("The file holds no statement; download it again.")
                : new PreviewedFile(opened.Format, csv is null ? null : PreviewedCsv.Of(csv), statements);
        }
        catch (StatementFaultException exception)
        {
            return Refusals.BankStatementUnreadable(exception.Message);
        }
    }

    private sealed record ChosenProfile(CsvProfile? Profile);
}

/// <summary>How a file of bank statements would be read.</summary>
/// <param name="Format">For example <c>camt.053.001.08</c> or <c>CSV</c>.</param>
/// <param name="Csv">How its columns are read; null for other formats.</param>
/// <param name="Statements">Its statements.</param>
public sealed record PreviewedFile(string Format, PreviewedCsv? Csv, IReadOnlyList<PreviewedStatement> Statements);

/// <summary>How the columns of a CSV file are read.</summary>
/// <param name="Profile">The name of the profile.</param>
/// <param name="Encoding">For example <c>utf-8</c> or <c>windows-1252</c>.</param>
/// <param name="Delimiter">The character between columns.</param>
/// <param name="DecimalMark">The decimal mark.</param>
/// <param name="HeaderLine">The line that names the columns, counted from 1.</param>
/// <param name="Columns">Which column each field is read from.</param>
public sealed record PreviewedCsv(
    string Profile,
    string Encoding,
    string Delimiter,
    string DecimalMark,
    int HeaderLine,
    IReadOnlyList<PreviewedColumn> Columns
)
{
    public static PreviewedCsv Of(CsvPreview csv) =>
        new(
            csv.Profile,
            csv.Encoding,
            $"{csv.Delimiter}",
            $"{csv.Decimal}",
            csv.HeaderLine,
            [.. csv.Columns.Select(one => new PreviewedColumn(one.Key, one.Value))]
        );
}

/// <summary>A field that is read from a column.</summary>
/// <param name="Field">The field, as profiles name it.</param>
/// <param name="Column">The column's name in the file.</param>
public sealed record PreviewedColumn(string Field, string Column);

/// <summary>A statement of a previewed file.</summary>
/// <param name="AccountNumber">The account as the file has it; null if it has none.</param>
/// <param name="CurrencyCode">The currency, ISO 4217; null if the file does not say.</param>
/// <param name="OpeningBalance">The balance before its entries; null if the file does not say.</param>
/// <param name="ClosingBalance">The balance after them; null if the file does not say.</param>
/// <param name="BalanceCheck">Whether the entries lead from one balance to the other.</param>
/// <param name="Problem">What does not add up; null if nothing is wrong.</param>
/// <param name="EntryCount">The number of entries.</param>
/// <param name="Entries">The first of them, at most 20.</param>
public sealed record PreviewedStatement(
    string? AccountNumber,
    string? CurrencyCode,
    Money? OpeningBalance,
    Money? ClosingBalance,
    BalanceCheck BalanceCheck,
    string? Problem,
    int EntryCount,
    IReadOnlyList<PreviewedEntry> Entries
)
{
    public static PreviewedStatement Of(
        StatementOpened opened,
        StatementClosed closed,
        IReadOnlyList<PreviewedEntry> entries
    ) =>
        new(
            opened.Account,
            opened.Currency?.Code,
            closed.Opening?.Amount,
            closed.Closing?.Amount,
            closed.Balances,
            closed.Problem,
            closed.Entries,
            entries
        );
}

/// <summary>An entry of a previewed file.</summary>
/// <param name="Line">The line on which it begins.</param>
/// <param name="Status">Booked, announced or information.</param>
/// <param name="BookedOn">The booking date.</param>
/// <param name="ValueOn">The value date.</param>
/// <param name="Amount">Positive for money in.</param>
/// <param name="Reference">The structured reference; null if there is none.</param>
/// <param name="Text">The remittance text; null if there is none.</param>
/// <param name="CounterpartyName">The name of the other side; null if there is none.</param>
/// <param name="CounterpartyAccount">Its account; null if there is none.</param>
/// <param name="BankReference">The bank's reference; null if there is none.</param>
public sealed record PreviewedEntry(
    int Line,
    EntryStatus Status,
    DateOnly BookedOn,
    DateOnly ValueOn,
    Money Amount,
    string? Reference,
    string? Text,
    string? CounterpartyName,
    string? CounterpartyAccount,
    string? BankReference
)
{
    public static PreviewedEntry Of(StatementEntry entry) =>
        new(
            entry.Line,
            entry.Status,
            entry.BookedOn,
            entry.ValueOn,
            entry.Amount,
            entry.Reference,
            entry.Text,
            entry.CounterpartyName,
            entry.CounterpartyAccount,
            entry.BankReference
        );
}
