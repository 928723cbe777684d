using System.Collections.Frozen;
using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;
using Paydown.Lending.Approvals;
using Paydown.Lending.Repayments;
using Paydown.Server.Commands;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Repayments;

namespace Paydown.Bench;

/// <summary>Verifications without HTTP: what is read, the decision with its replay, and what is written.</summary>
public static class BareVerifications
{
    private const int GroupSize = 500;
    private const int CashierCount = 8;
    private const string Route = "PUT admin/repayments/{id}/verify";
    private const string Message = "The repayment is verified and counts from its payment date.";

    private const string FindPending = """
        select r.id from repayment r
        where not exists (
          select from repayment_decision d where d.customer_id = r.customer_id and d.repayment_id = r.id)
        order by r.id
        """;

    /// <summary>What the officer whose key it is asks for, now.</summary>
    public static VerificationRequest Of(Organisation organisation, Guid repaymentId, KeyUse use)
    {
        var time = TimeProvider.System;
        var context = new ActionContext(use.CallerId, ActionContext.InstantOf(time), organisation.Today(time), "bench");
        return new VerificationRequest(new DecisionTarget(organisation.Id, repaymentId), Correction.None, context, use);
    }

    /// <summary>The lender of a portfolio.</summary>
    public static ValueTask<Organisation> ReadOrganisationAsync(NpgsqlDataSource database) =>
        new OrganisationDirectory(database, TimeProvider.System).GetAsync(PortfolioIds.Organisation, default);

    /// <summary>
    /// What the verification of each repayment that waits would be answered now. Nothing is written.
    /// </summary>
    public static async Task<FrozenDictionary<Guid, Answer>> ReadAnswersAsync(
        NpgsqlDataSource database,
        Organisation organisation
    )
    {
        var pending = await ReadPendingAsync(database);
        var changes = new LoanChanges(new Ids(TimeProvider.System));
        await using var connections = new GroupConnections(database.ConnectionString);
        await using var transaction = await connections.BeginAsync();
        var connection = transaction.Connection;
        var answers = new Dictionary<Guid, Answer>(pending.Count);
        foreach (var ids in pending.Chunk(GroupSize))
        {
            var group = ids.Select(id => Of(organisation, id, UseOf(id, 1, $"{id}"))).ToList();
            var (found, keys) = await VerificationStore.BeginAsync(connection, group, skipsHeld: false);
            var made = new List<LoanChange>(group.Count);
            foreach (var request in group)
                answers[request.Target.RepaymentId] = Decide(request, found, keys, changes, made);
            await using var rollback = new NpgsqlCommand("rollback", connection);
            await rollback.ExecuteNonQueryAsync();
        }

        return answers.ToFrozenDictionary();
    }

    /// <summary>Verifies in groups over one connection, with nothing else around them.</summary>
    /// <param name="database">With a portfolio.</param>
    /// <param name="pending">Repayments that wait; enough of them, or it throws.</param>
    /// <param name="groupSize">Verifications that are read, decided and committed together.</param>
    /// <param name="seconds">How long.</param>
    /// <returns>How many were verified.</returns>
    public static async Task<long> WriteAsync(
        BenchDatabase database,
        IReadOnlyList<Guid> pending,
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
                throw new BenchException($"{pending.Count} repayments that wait are too few for {seconds} s.");
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
        IReadOnlyList<VerificationRequest> group,
        LoanChanges changes
    )
    {
        var (found, keys) = await VerificationStore.BeginAsync(transaction.Connection, group, skipsHeld: false);
        var made = new List<LoanChange>(group.Count);
        foreach (var request in group)
            Decide(request, found, keys, changes, made);
        await VerificationStore.CommitAsync(transaction, made, keys, TimeProvider.System.GetUtcNow());
    }

    // As VerifyRepayment has it for a first use of a key, one officer, and an amount that is not beyond what is owed.
    private static Answer Decide(
        VerificationRequest request,
        DecidableRepayments found,
        GroupedKeys keys,
        LoanChanges changes,
        List<LoanChange> made
    )
    {
        var id = request.Target.RepaymentId;
        var isFirst = keys.FindRepeat(request.Use) is null;
        var verification = VerificationRules.Verify(
            found.FindCase(id),
            request.Correction,
            request.ActionContext.Today,
            request.ActionContext.By,
            request.IsPerson
        );
        if (!isFirst || verification.IsRefused || verification.Value.Approval != Approval.Final)
            throw new BenchException($"Repayment {id} cannot be verified.");

        var repayment = found.Find(id)!.With(verification.Value.Terms, request.Correction.Reason);
        var change = changes.Verify(found.LoanOf(repayment), repayment, request.ActionContext);
        if (change.TransactionOf(id).OverpaidMinor != 0)
            throw new BenchException($"Repayment {id} is too much.");
        var answer = Answer.Success(DecidedRepayment.Of(change, repayment), Message);
        found.Apply(change, repayment);
        keys.Add(request.Use, answer);
        made.Add(change);
        return answer;
    }

    private static async Task<List<Guid>> ReadPendingAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(FindPending);
        await using var reader = await command.ExecuteReaderAsync();
        var pending = new List<Guid>();
        while (await reader.ReadAsync())
            pending.Add(reader.GetGuid(0));
        return pending;
    }

    private static KeyUse UseOf(Guid repaymentId, int cashier, string key) =>
        new(PortfolioIds.Officer(cashier), Route, key, SHA256.HashData(repaymentId.ToByteArray()));
}
