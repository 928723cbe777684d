using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Notices;
using Paydown.Server.SignIn;

namespace Paydown.Server.Accounts;

/// <summary>
/// Replaces the recovery codes, for a user who has used most of them or has lost them. It takes the password; the
/// session was signed in with a code. The new codes are shown once.
/// </summary>
public sealed class RenewRecoveryCodes(PasswordProof proof, AccountNotices notices, Ids ids) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Replace your recovery codes")
            .Reads(SetUpSecondFactor.Password)
            .Returns<RecoveryCodes>()
            .Refuses(
                Refusals.AccountLocked(TimeSpan.FromMinutes(Refusals.SignInWindowMinutes)),
                Refusals.NotFound("user"),
                Refusals.PasswordWrong(),
                Refusals.SecondFactorNotSetUp()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        proof.RunAsync(
            call,
            SetUpSecondFactor.Password,
            (connection, context, user) => RenewAsync(connection, call, context, user)
        );

    private async ValueTask<Answer> RenewAsync(NpgsqlConnection connection, Call call, ActionContext context, User user)
    {
        var factor = await SecondFactorStore.FindAsync(connection, user.Id, call.Cancellation);
        if (!factor!.IsOn)
            return Answer.Refused(Refusals.SecondFactorNotSetUp());
        var codes = SecondFactorCodes.CreateRecoveryCodes();
        var sender = await NoticeSender.ReadAsync(connection, user.OrganisationId, call.Cancellation);
        await using var batch = new NpgsqlBatch(connection);
        SecondFactorStore.AddRecoveryCodesTo(batch, user.Id, codes);
        NoticeStore.AddTo(batch, notices.RecoveryCodesRenewed(sender, user), context.At);
        AuditTrail.AddTo(
            batch,
            [
                new(
                    user.OrganisationId,
                    user.Id.AsSubject,
                    context,
                    new(ids.Next<AuditEntryId>(), "RECOVERY_CODES_RENEWED", "{}")
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.ShownOnce(
            new RecoveryCodes(codes),
            new RecoveryCodes(null),
            "Keep the new recovery codes: they are not shown again, and the earlier ones no longer work.",
            "The recovery codes were replaced before, and are not shown again."
        );
    }
}
