using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Statements;

/// <summary>What an officer decides about a statement whose balances do not add up.</summary>
public sealed class HeldStatements(StatementImport import, Ids ids)
{
    /// <summary>Takes the entries of a statement that is held or was discarded.</summary>
    public async ValueTask<Answer> ConfirmAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var organisationId = call.Caller.OrganisationId;
        var id = call.Path(StatementRoutes.StatementId);
        if (await FindAsync(connection, call) is not { } held)
            return Answer.Refused(Refusals.NotFound("bank statement"));
        if (held.State == StatementState.Taken)
            return Answer.Refused(Refusals.StatementTaken());
        var account = await CollectionAccountStore.LockAsync(
            connection,
            organisationId,
            held.CollectionAccountId,
            call.Cancellation
        );
        var found = await BankStatementStore.FindFileAsync(connection, organisationId, id, call.Cancellation);
        var (file, position) = found!.Value;
        await WriteAsync(connection, held, StatementState.Taken, call, context);
        return await import.TakeAsync(connection, held, file, position, account!, call.Cancellation) is { } refusal
            ? Answer.Refused(refusal)
            : await ShowAsync(connection, call);
    }

    /// <summary>Discards a held statement.</summary>
    public async ValueTask<Answer> DiscardAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        if (await FindAsync(connection, call) is not { } held)
            return Answer.Refused(Refusals.NotFound("bank statement"));
        if (held.State == StatementState.Taken)
            return Answer.Refused(Refusals.StatementTaken());
        await WriteAsync(connection, held, StatementState.Discarded, call, context);
        return await ShowAsync(connection, call);
    }

    private static async Task<BankStatementView?> FindAsync(NpgsqlConnection connection, Call call)
    {
        var id = call.Path(StatementRoutes.StatementId);
        await BankStatementStore.LockAsync(connection, call.Caller.OrganisationId, id, call.Cancellation);
        return await BankStatementStore.FindAsync(connection, call.Caller.OrganisationId, id, call.Cancellation);
    }

    private async Task WriteAsync(
        NpgsqlConnection connection,
        BankStatementView held,
        StatementState state,
        Call call,
        ActionContext context
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        BankStatementStore.AddStateTo(batch, held.Id, state, context);
        var detail = JsonSerializer.Serialize(new { State = state, held.Problem }, Wire.Options);
        AuditTrail.AddTo(
            batch,
            [
                new(
                    call.Caller.OrganisationId,
                    held.Id.AsSubject,
                    context,
                    new(ids.Next<AuditEntryId>(), "BANK_STATEMENT_DECIDED", detail)
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
    }

    private static async Task<Answer> ShowAsync(NpgsqlConnection connection, Call call) =>
        Answer.Success((await FindAsync(connection, call))!);
}
