using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>Reads one customer's repayments row by row, so a list of any length needs little memory.</summary>
public sealed class RepaymentCursor : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlBatch batch;
    private readonly NpgsqlDataReader reader;

    private RepaymentCursor(NpgsqlConnection connection, NpgsqlBatch batch, NpgsqlDataReader reader) =>
        (this.connection, this.batch, this.reader) = (connection, batch, reader);

    /// <summary>The customer's name and loans. Its own list of repayments stays empty.</summary>
    public CustomerRepaymentList Frame { get; } = new();

    /// <summary>
    /// The number of repayments that match the filter, at most one more than <see cref="Paging.TotalMax"/>; null if
    /// they were not counted.
    /// </summary>
    public long? Counted { get; private set; }

    /// <summary>The row that <see cref="MoveNextAsync"/> moved to.</summary>
    public ListedRepayment Current => RepaymentListStore.ReadJoined(reader, Frame);

    public Task<bool> MoveNextAsync(CancellationToken cancellation) => reader.ReadAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await batch.DisposeAsync();
        await connection.DisposeAsync();
    }

    internal static async Task<RepaymentCursor> OpenAsync(
        NpgsqlConnection connection,
        NpgsqlBatch batch,
        bool isCounted,
        CancellationToken cancellation
    )
    {
        var cursor = new RepaymentCursor(connection, batch, await batch.ExecuteReaderAsync(cancellation));
        await cursor.ReadFrameAsync(isCounted, cancellation);
        return cursor;
    }

    private async Task ReadFrameAsync(bool isCounted, CancellationToken cancellation)
    {
        while (await reader.ReadAsync(cancellation))
            Frame.Loans.Add(reader.Id<LoanId>("id"), RepaymentListStore.ReadLoan(reader));
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            Frame.Customer = RepaymentListStore.ReadCustomer(reader);
        await reader.NextResultAsync(cancellation);
        if (!isCounted)
            return;
        await reader.ReadAsync(cancellation);
        Counted = reader.Long("count");
        await reader.NextResultAsync(cancellation);
    }
}
