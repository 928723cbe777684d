using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Notices;

/// <summary>A reminder that is written, with its e-mail if there is one.</summary>
/// <param name="Key">The loan.</param>
/// <param name="DueOn">The due date of the installment.</param>
/// <param name="Days">Which reminder: days after the due date; before it: negative.</param>
/// <param name="NoticeId">The e-mail; null if there is none.</param>
public readonly record struct WrittenReminder(LoanKey Key, DateOnly DueOn, int Days, NoticeId? NoticeId);

/// <summary>The SQL of reminders. Each is written once, which the database's key ensures.</summary>
public static class ReminderStore
{
    private const string Insert = """
        insert into reminder (customer_id, account_id, due_on, days, notice_id, recorded_at)
        select r.customer_id, r.account_id, r.due_on, r.days, r.notice_id, $6
        from unnest($1, $2, $3, $4, $5) as r (customer_id, account_id, due_on, days, notice_id)
        """;

    private const string FindLast = """
        select r.customer_id, r.account_id, r.due_on, max(r.days) as days
        from unnest($1, $2) as l (customer_id, account_id)
        join reminder r on r.customer_id = l.customer_id and r.account_id = l.account_id
        group by 1, 2, 3
        """;

    /// <summary>Returns the latest reminder of each due date of the loans, which must be locked.</summary>
    public static async Task<Dictionary<(LoanKey Key, DateOnly DueOn), int>> FindLastAsync(
        NpgsqlConnection connection,
        IReadOnlyList<LoanKey> loans,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(FindLast, connection)
        {
            Parameters =
            {
                Sql.Value(loans.Select(loan => loan.CustomerId).ToList()),
                Sql.Value(loans.Select(loan => loan.Id).ToList()),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var last = new Dictionary<(LoanKey Key, DateOnly DueOn), int>();
        while (await reader.ReadAsync(cancellation))
        {
            var key = new LoanKey(reader.Id<CustomerId>("customer_id"), reader.Id<LoanId>("account_id"));
            last[(key, reader.Date("due_on"))] = reader.Integer("days");
        }

        return last;
    }

    /// <summary>Adds the statement that writes reminders to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<WrittenReminder> reminders, DateTimeOffset at)
    {
        if (reminders.Count == 0)
            return;
        new RowsStatement<WrittenReminder>(Insert, reminders)
            .Column(row => row.Key.CustomerId)
            .Column(row => row.Key.Id)
            .Column(row => row.DueOn)
            .Column(row => row.Days)
            .Column(row => row.NoticeId)
            .AddTo(batch);
        batch.BatchCommands[^1].Parameters.Add(Sql.Value(at));
    }
}
