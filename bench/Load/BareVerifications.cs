using System.Collections.Frozen;
using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;
using Paydown.Lending.Approvals;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Repayments;
using Paydown.Server.Commands;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Repayments;

namespace Paydown.Bench;

/// <summary>Verifications without HTTP: the reads, the decision with its replay, and the writes.</summary>
public static class BareVerifications
{
    private const int GroupSize = 500;
    private const int CashierCount = 8;
    private const string Route = "PUT admin/repayments/{id}/verify";

    private const string FindPending = """
        select r.id from repayment r
        where not exists (
          select from repayment_decision d where d.customer_id = r.customer_id and d.repayment_id = r.id)
        order by r.id
        """;

    /// <summary>A verification by the officer who owns the key, as of now.</summary>
    public static GroupedRequest<VerificationRequest> Of(Organisation organisation, RepaymentId repaymentId, KeyUse use)
    {
        var time = TimeProvider.System;
        var context = new ActionContext(use.CallerId, ActionContext.InstantOf(time), organisation.Today(time), "bench");
        var caller = new Caller(use.CallerId, organisation.Id, Role.Cashier, default);
        var asked = new VerificationRequest(new DecisionTarget(organisation.Id, repaymentId), Correction.None);
        return new GroupedRequest<VerificationRequest>(asked, caller, context, use);
    }

    /// <summary>The organisation of a portfolio.</summary>
    public static ValueTask<Organisation> ReadOrganisationAsync(NpgsqlDataSource database) =>
        new OrganisationDirectory(database, TimeProvider.System).GetAsync(PortfolioIds.Organisation, default);

    /// <summary>
    /// Returns the response that verifying each pending repayment would get now. Writes nothing.
    /// </summary>
    public static async Task<FrozenDictionary<RepaymentId, Answer>> ReadAnswersAsync(
        NpgsqlDataSource database,
        Organisation organisation
    )
    {
        var pending = await ReadPendingAsync(database);
        var changes = new LoanChanges(new Ids(TimeProvider.System));
        await using var connections = new GroupConnections(database.ConnectionString);
        await using var transaction = await connections.BeginAsync();
        var connection = transaction.Connection;
        var answers = new Dictionary<RepaymentId, Answer>(pending.Count);
        foreach (var ids in pending.Chunk(GroupSize))
        {
            var requests = ids.Select(id => Of(organisation, id, UseOf(id, 1, $"{id}"))).ToList();
            var found = await VerificationStore.ReadAsync(new(requests, connection, skipsLocked: false));
            foreach (var request in requests)
                answers[request.Asked.Target.RepaymentId] = Decide(request, found, changes);
            await using var rollback = new NpgsqlCommand("rollback", connection);
            await rollback.ExecuteNonQueryAsync();
        }

        return answers.ToFrozenDictionary();
    }

    /// <summary>Verifies in groups over one connection, with nothing else around them.</summary>
    /// <param name="database">A database with a portfolio.</param>
    /// <param name="pending">Pending repayments. Throws if there are too few.</param>
    /// <param name="groupSize">Verifications that are read, decided and committed together.</param>
    /// <param name="seconds">The duration.</param>
    /// <returns>The number of repayments verified.</returns>
    public static async Task<long> WriteAsync(
        BenchDatabase database,
        IReadOnlyList<RepaymentId> pending,
        int groupSize,
        int seconds
    )
    {
        var organisation = await ReadOrganisationAsync(database.Source);
        var ids = new Ids(TimeProvider.System);
        var (changes, tag) = (new LoanChanges(ids), ids.Next());
        await using var connections = new GroupConnections(database.Source.ConnectionString);
        await using var transaction = await connections.BeginAsync();
        var written = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            if (written + groupSize > pending.Count)
                throw new BenchException($"{pending.Count} pending repayments are too few for {seconds} s.");
            var group = Enumerable
                .Range(written, groupSize)
                .Select(nth =>
                    Of(organisation, pending[nth], UseOf(pending[nth], 1 + nth % CashierCount, $"{tag}-{nth}"))
                );
            await WriteAsync(transaction, [.. group], changes);
            written += groupSize;
        }

        return written;
    }

    private static async Task WriteAsync(
        WriteTransaction transaction,
        IReadOnlyList<GroupedRequest<VerificationRequest>> requests,
        LoanChanges changes
    )
    {
        var group = new Group<VerificationRequest>(requests, transaction.Connection, skipsLocked: false);
        var found = await VerificationStore.ReadAsync(group);
        foreach (var request in requests)
        {
            if (group.Keys.FindRepeat(request.Use) is not null)
                throw new BenchException($"The key {request.Use.Key} was used before.");
            group.Keys.Add(request.Use, Decide(request, found, changes));
        }

        var now = TimeProvider.System.GetUtcNow();
        var batch = new NpgsqlBatch(transaction.Connection);
        VerificationStore.AddWrites(batch, found, now);
        group.Keys.AddInsert(batch, now);
        await transaction.CommitAsync(batch);
    }

    private static Answer Decide(
        GroupedRequest<VerificationRequest> request,
        DecidableRepayments found,
        LoanChanges changes
    ) =>
        VerifyRepayment.Decide(request, found, changes) is { IsSuccess: true } answer
            ? answer
            : throw new BenchException($"Repayment {request.Asked.Target.RepaymentId} cannot be verified.");

    private static async Task<List<RepaymentId>> ReadPendingAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(FindPending);
        await using var reader = await command.ExecuteReaderAsync();
        var pending = new List<RepaymentId>();
        while (await reader.ReadAsync())
            pending.Add(reader.Id<RepaymentId>("id"));
        return pending;
    }

    private static KeyUse UseOf(RepaymentId repaymentId, int cashier, string key) =>
        new(
            PortfolioIds.Officer(cashier),
            PortfolioIds.Organisation,
            Route,
            key,
            SHA256.HashData(repaymentId.Value.ToByteArray())
        );
}
