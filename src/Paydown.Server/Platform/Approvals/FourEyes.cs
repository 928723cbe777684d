using System.Text.Json;
using Npgsql;
using Paydown.Lending.Approvals;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Approvals;

/// <summary>
/// Records the approvals of acts. The first of two is stored with its audit entry, in the transaction of the request.
/// The same call by another person is the second, if the terms are the same and the subject has not changed.
/// </summary>
public sealed class FourEyes(Ids ids)
{
    /// <summary>The days after which a first approval expires.</summary>
    public const int LapseDays = 7;

    /// <summary>Records the caller's approval of an act. The subject must be locked.</summary>
    /// <param name="connection">The connection with the transaction of the use case.</param>
    /// <param name="act">The act.</param>
    /// <param name="call">The request.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>
    /// The approval. If nothing is awaited, the use case continues and must raise the version of the subject.
    /// </returns>
    public async ValueTask<Result<TakenApproval>> ApproveAsync(
        NpgsqlConnection connection,
        Act act,
        Call call,
        ActionContext context
    )
    {
        var (organisationAbove, first) = await FirstApprovalStore.FindAsync(
            connection,
            act,
            context.At,
            call.Cancellation
        );
        var above = FourEyesRules.Stricter(organisationAbove, act.Above);
        var decided = FourEyesRules.Approve(
            act.Amount is null || act.Amount > above,
            first?.FirstApprovedBy,
            context.By,
            isPerson: !call.Caller.IsApiToken
        );
        if (decided.IsRefused)
            return decided.Refusal;
        if (decided.Value == Approval.Final)
            return new TakenApproval(null);

        var awaited = AwaitedOf(act, context);
        await using var batch = new NpgsqlBatch(connection);
        FirstApprovalStore.AddTo(batch, ids.Next<ApprovalId>(), act, awaited);
        AuditTrail.AddTo(
            batch,
            [
                new AuditRecord(
                    act.OrganisationId,
                    act.SubjectId,
                    context,
                    new AuditEntry(ids.Next<AuditEntryId>(), $"{Words.Write(act.Kind)}_APPROVED_FIRST", DetailOf(act))
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return new TakenApproval(awaited);
    }

    private static AwaitedApproval AwaitedOf(Act act, ActionContext context) =>
        new()
        {
            Act = act.Kind,
            FirstApprovedBy = context.By,
            FirstApprovedAt = context.At,
            LapsesAt = context.At.AddDays(LapseDays),
            Terms = JsonSerializer.Deserialize<JsonElement>(act.WrittenTerms),
        };

    private static string DetailOf(Act act) =>
        JsonSerializer.Serialize(
            new
            {
                act.AccountId,
                act.Terms,
                act.Reason,
            },
            Wire.Options
        );
}
