using System.Buffers;
using System.IO.Pipelines;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Repayments;

/// <summary>
/// Lists all repayments of a customer, newest first. Concurrent requests share one query, which starts after they
/// arrived and so sees everything committed before. A long list is streamed.
/// </summary>
public sealed class ListCustomerRepayments : IUseCase, IAsyncDisposable
{
    // While PostgreSQL reads one group, the lists of the other are formatted and sent.
    private const int ReaderCount = 2;
    private const int GroupSizeMax = 32;
    private const int QueueMax = 10_000;
    private const int PageSizeMax = 200;
    private const string All = "ALL";

    // Longer lists get a query of their own and are streamed.
    private const int GroupedRowsMax = 50;
    private const int FlushBytes = 32 * 1024;

    private readonly NpgsqlDataSource database;
    private readonly OrganisationDirectory organisations;
    private readonly TimeProvider time;
    private readonly GroupQueue<CustomerId, CustomerRepaymentList> reader;

    public ListCustomerRepayments(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    {
        (this.database, this.organisations, this.time) = (database, organisations, time);
        reader = new GroupQueue<CustomerId, CustomerRepaymentList>(ReadGroupAsync, GroupSizeMax, QueueMax, ReaderCount);
    }

    private static readonly Field<string?> Status = Field
        .OneOf(
            "status",
            "Only repayments with this status; REJECTED includes reversed ones. Absent: ALL.",
            "PENDING_VERIFICATION",
            "VERIFIED",
            "REJECTED",
            All
        )
        .Optional();
    private static readonly Field<LoanApplicationId?> LoanApplicationId = Field
        .Id<LoanApplicationId>("loanApplicationId", "Only repayments of the loan of this application.")
        .Optional();

    public static Contract Contract { get; } =
        new Contract("List all repayments of a customer, newest first")
            .Takes([Status, LoanApplicationId, .. Paging.FieldsUpTo(PageSizeMax)])
            .ReturnsPage<CustomerRepayment>()
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var customerId = call.Path(RepaymentRoutes.CustomerId);
        if (await RefuseStrangerAsync(call, customerId) is { } refusal)
            return Answer.Refused(refusal);
        var today = (await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation)).Today(time);
        var filter = FilterOf(call);
        if (!filter.IsAll)
            return await AnswerFilteredAsync(customerId, filter, today, call.Cancellation);

        var grouped = await reader.SubmitAsync(customerId, call.Cancellation);
        if (grouped.IsRefused)
            return Answer.Refused(grouped.Refusal);
        var list = grouped.Value;
        if (list.Repayments.Count > GroupedRowsMax)
            return await AnswerFilteredAsync(customerId, filter, today, call.Cancellation);
        await RepaymentListStore.RefreshAsync(database, customerId, list, today, call.Cancellation);
        return Answer.SuccessBytes(new RepaymentJson(list).WriteAll);
    }

    /// <summary>Finishes the queued requests.</summary>
    public ValueTask DisposeAsync() => reader.DisposeAsync();

    private async ValueTask<Refusal?> RefuseStrangerAsync(Call call, CustomerId customerId)
    {
        if (Ownership.Check(call, customerId) is { } refusal)
            return refusal;
        if (!call.Caller.IsOfficer)
            return null;
        return await RepaymentListStore.IsCustomerAsync(
            database,
            call.Caller.OrganisationId,
            customerId,
            call.Cancellation
        )
            ? null
            : Refusals.NotFound("customer");
    }

    private static ListFilter FilterOf(Call call) =>
        new(
            call.Query.Get(Status) is { } status and not All ? Words.Read<RepaymentStatus>(status) : null,
            call.Query.Get(LoanApplicationId),
            call.Paging.IsAsked ? call.Paging : null
        );

    private async Task<IReadOnlyList<CustomerRepaymentList>> ReadGroupAsync(
        IReadOnlyList<CustomerId> customerIds,
        GroupTurn turn
    )
    {
        await using var connection = await database.OpenConnectionAsync();
        var reading = RepaymentListStore.ReadNewestAsync(connection, [.. customerIds.Distinct()], GroupedRowsMax + 1);
        turn.HandOver();
        var lists = await reading;
        return [.. customerIds.Select(id => lists[id])];
    }

    private async ValueTask<Answer> AnswerFilteredAsync(
        CustomerId customerId,
        ListFilter filter,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        // Opened before the response starts, so a lost database still gets its own status code.
        var cursor = await RepaymentListStore.OpenAsync(database, customerId, filter, cancellation);
        try
        {
            await RepaymentListStore.RefreshAsync(database, customerId, cursor.Frame, today, cancellation);
        }
        catch
        {
            await cursor.DisposeAsync();
            throw;
        }

        if (filter.Paging?.RefusalOf(cursor.Counted) is { } refusal)
        {
            await cursor.DisposeAsync();
            return Answer.Refused(refusal);
        }

        return Answer.Streamed((body, aborted) => WriteAsync(cursor, filter.Paging, body, aborted));
    }

    private static async Task WriteAsync(
        RepaymentCursor cursor,
        Paging? paging,
        PipeWriter body,
        CancellationToken aborted
    )
    {
        await using var _ = cursor;
        var json = new RepaymentJson(cursor.Frame);
        // The ids of the page and of the next record, which shows whether another page follows.
        List<RepaymentId>? ids = paging is null ? null : [];
        var isFirst = true;
        body.Write(Answer.BeforeData);
        body.Write("["u8);
        while (await cursor.MoveNextAsync(aborted))
        {
            var repayment = cursor.Current;
            ids?.Add(repayment.Id);
            if (ids is not null && ids.Count > paging!.Size)
                break;
            json.Write(body, repayment, isFirst);
            isFirst = false;
            if (body.UnflushedBytes < FlushBytes)
                continue;
            await body.FlushAsync(aborted);
            // A long list must not starve the other requests on this thread.
            await Task.Yield();
        }

        body.Write("]"u8);
        Answer.WriteEnd(body, ids is null ? null : paging!.PageOf(ids, id => new(id), cursor.Counted));
        await body.FlushAsync(aborted);
    }
}
