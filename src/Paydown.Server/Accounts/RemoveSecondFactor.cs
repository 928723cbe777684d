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
/// Removes a second factor, for example before another phone is set up. It takes the password; the session was signed
/// in with a code.
/// </summary>
public sealed class RemoveSecondFactor(PasswordProof proof, AccountNotices notices, Ids ids) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Remove your second factor")
            .Reads(SetUpSecondFactor.Password)
            .Returns<Done>()
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
            (connection, context, user) => RemoveAsync(connection, call, context, user)
        );

    private async ValueTask<Answer> RemoveAsync(
        NpgsqlConnection connection,
        Call call,
        ActionContext context,
        User user
    )
    {
        var factor = await SecondFactorStore.FindAsync(connection, user.Id, call.Cancellation);
        if (factor!.Secret is null)
            return Answer.Refused(Refusals.SecondFactorNotSetUp());
        var sender = await NoticeSender.ReadAsync(connection, user.OrganisationId, call.Cancellation);
        await using var batch = new NpgsqlBatch(connection);
        SecondFactorStore.AddRemovalTo(batch, user.Id);
        NoticeStore.AddTo(batch, notices.SecondFactorChanged(sender, user, isOn: false), context.At);
        AuditTrail.AddTo(
            batch,
            [
                new(
                    user.OrganisationId,
                    user.Id.AsSubject,
                    context,
                    new(ids.Next<AuditEntryId>(), "SECOND_FACTOR_REMOVED", "{}")
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(new Done(), "The second factor is removed.");
    }
}
