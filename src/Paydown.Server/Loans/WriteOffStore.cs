using Npgsql;
using Paydown.Server.Platform;

namespace Paydown.Server.Loans;

/// <summary>The SQL of the first of two words on a write-off.</summary>
public static class WriteOffStore
{
    private const string Find =
        """
        select o.four_eyes_above, a.approved_by
        from organisation o
        left join write_off_approval a on a.customer_id = $2 and a.account_id = $3 and a.event_count = $4
        where o.id = $1
        """;

    private const string Approve =
        """
        insert into write_off_approval (customer_id, account_id, event_count, approved_by, reason, recorded_at)
        values ($1, $2, $3, $4, $5, $6)
        """;

    /// <summary>The organisation's four-eyes amount, and who has agreed since the last event of the loan.</summary>
    public static async Task<(long? FourEyesAboveMinor, Guid? ApprovedBy)> FindAsync(
        NpgsqlConnection connection, LoanFile loan, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Find, connection)
        {
            Parameters =
            {
                new() { Value = loan.OrganisationId }, new() { Value = loan.CustomerId }, new() { Value = loan.Id },
                new() { Value = loan.Events.Count },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.IsDBNull(0) ? null : reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetGuid(1));
    }

    /// <summary>Records the first word. The loan must be locked.</summary>
    public static async Task ApproveAsync(
        NpgsqlConnection connection, LoanFile loan, string reason, Occasion occasion, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Approve, connection)
        {
            Parameters =
            {
                new() { Value = loan.CustomerId }, new() { Value = loan.Id }, new() { Value = loan.Events.Count },
                new() { Value = occasion.By }, new() { Value = reason }, new() { Value = occasion.At },
            },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
