using Npgsql;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>One customer's repayments, read one by one, so that a list of any length takes little memory.</summary>
public sealed class RepaymentCursor : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlBatch batch;
    private readonly NpgsqlDataReader reader;

    private RepaymentCursor(NpgsqlConnection connection, NpgsqlBatch batch, NpgsqlDataReader reader) =>
        (this.connection, this.batch, this.reader) = (connection, batch, reader);

    /// <summary>The loans and the name; its list of repayments stays empty.</summary>
    public CustomerRepaymentList Frame { get; } = new();

    /// <summary>
    /// How many repayments the filter finds, up to one more than <see cref="Paging.TotalMax"/>; null: not counted.
    /// </summary>
    public long? Counted { get; private set; }

    public ListedRepayment Current => RepaymentListStore.ReadJoined(reader);

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
            Frame.Loans.Add(reader.Id("id"), RepaymentListStore.ReadLoan(reader));
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
