using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Repayments;
using Paydown.Lending.Statements;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Repayments;
using Paydown.Server.Statements;
using Paydown.Server.Wallets;

namespace Paydown.Server.Demo;

/// <summary>
/// A bank statement of the demo lender: it confirms a repayment, shows one of another amount than its report, money
/// that nobody knows, a charge of the bank, and money of the lender's own. It is imported and matched as every
/// statement is.
/// </summary>
public sealed class DemoStatement
{
    private const string FileName = "demo.sta";
    private const decimal Closing = 1_000;
    private const decimal OwnMoney = -100_000;

    private static readonly (int Day, decimal Amount, string Text)[] Entries =
    [
        (0, 47_279.80m, $"Loan {ReferenceOf(101)}"),
        (2, 999, $"Loan {ReferenceOf(106)}"),
        (4, 15_000, "Cash deposit, thank you"),
        (5, -52.50m, "COMMISSION"),
        (6, OwnMoney, "To the account that loans are paid out of"),
    ];

    private readonly NpgsqlDataSource database;
    private readonly TimeProvider time;
    private readonly Ids ids;
    private readonly CancellationToken token;

    private DemoStatement(NpgsqlDataSource database, TimeProvider time, CancellationToken token)
    {
        (this.database, this.time, this.token) = (database, time, token);
        ids = new Ids(time);
    }

    /// <summary>
    /// Loads it, unless the database has it. The demo lender must be there. It is no part of loading that, because a
    /// first import takes as long as all the rest.
    /// </summary>
    /// <returns>True if it was loaded; false if it existed.</returns>
    public static async Task<bool> LoadOnceAsync(NpgsqlDataSource database, TimeProvider time, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            "select exists (select from statement_file where organisation_id = $1 and name = $2)"
        );
        command.Parameters.Add(Sql.Value(DemoPeople.OrganisationId));
        command.Parameters.Add(Sql.Value(FileName));
        var isThere = await command.ExecuteScalarAsync(token) is true;
        if (isThere)
            return false;
        var statement = new DemoStatement(database, time, token);
        await statement.ImportAsync();
        await statement.DecideAsync();
        return true;
    }

    private async Task ImportAsync()
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, token);
        var content = FileOf(DemoPeople.DayOf(time.GetUtcNow()));
        await using var stream = new MemoryStream(content);
        var file = new BankFile(DemoPeople.OrganisationId, SHA256.HashData(content), FileName);
        var stored = await new StatementImport(time, ids).StoreAsync(
            transaction.Connection,
            file,
            stream,
            null,
            Now(),
            token
        );
        if (stored.IsRefused)
            throw new InvalidOperationException($"The demo's statement is refused: {stored.Refusal.Message}");
        await transaction.CommitAsync();
    }

    private async Task DecideAsync()
    {
        var changes = new LoanChanges(ids);
        var directory = new OrganisationDirectory(database, time);
        var matching = new EntryMatching(database, directory, changes, new TransferChanges(ids), time, ids);
        await matching.MatchAsync(DemoPeople.OrganisationId, Entries.Length, token);
        await using var transaction = await WriteTransaction.BeginAsync(database, token);
        var connection = transaction.Connection;
        if (await FindOwnMoneyAsync(connection) is not { } id)
            return;
        var entry = await EntryMatchStore.LockAsync(connection, DemoPeople.OrganisationId, id, token);
        if (entry is not { IsOpen: true })
            return;
        var writes = new EntryWrites(changes, ids, new DecidableRepayments());
        writes.Identify(entry, Now());
        writes.Decide(entry, EntryState.Ignored, null, ["Own money, booked by the accountant."], [], Now());
        await writes.WriteAsync(connection, token);
        await transaction.CommitAsync();
    }

    private async Task<StatementEntryId?> FindOwnMoneyAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            "select id from statement_entry where organisation_id = $1 and amount = $2",
            connection
        )
        {
            Parameters =
            {
                Sql.Value(DemoPeople.OrganisationId),
                Sql.Value(Money.FromMajor(OwnMoney, Currency.Get("NGN"))),
            },
        };
        return await command.FindIdAsync<StatementEntryId>(token);
    }

    private ActionContext Now()
    {
        var at = ActionContext.InstantOf(time);
        return new(DemoPeople.Cashier.Id, at, DemoPeople.DayOf(at), "demo");
    }

    // MT940, from the day of the last due date on.
    private static byte[] FileOf(DateOnly today)
    {
        var start = today.AddDays(-10);
        var text = new StringBuilder();
        text.Append(":20:DEMO\n:25:1000000018\n:28C:1/1\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $":60F:C{start:yyMMdd}NGN{Written(Closing - Entries.Sum(one => one.Amount))}\n"
        );
        foreach (var (day, amount, words) in Entries)
        {
            var side = amount < 0 ? 'D' : 'C';
            text.Append(
                CultureInfo.InvariantCulture,
                $":61:{start.AddDays(day):yyMMdd}{side}{Written(Math.Abs(amount))}NTRFNONREF\n:86:{words}\n"
            );
        }

        text.Append(CultureInfo.InvariantCulture, $":62F:C{today.AddDays(-1):yyMMdd}NGN{Written(Closing)}\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static string Written(decimal amount) =>
        amount.ToString("0.00", CultureInfo.InvariantCulture).Replace('.', ',');

    private static string ReferenceOf(int loan) => CreditorReference.FromBody($"DEMO{loan:000000}").Value;
}
