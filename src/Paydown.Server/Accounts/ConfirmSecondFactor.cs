using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Writes;
using Paydown.Server.SignIn;

namespace Paydown.Server.Accounts;

/// <summary>
/// Turns a second factor on by a first code of the app. The recovery codes are shown once: the response stored for
/// repeats does not contain them.
/// </summary>
public sealed class ConfirmSecondFactor(SingleWrites writes, AccountNotices notices, Ids ids) : IUseCase
{
    internal static readonly Field<string> Code = Field
        .Text("code", "The six digits that your authenticator app shows.", 6, 12)
        .WithExample("123456")
        .Secret();

    public static Contract Contract { get; } =
        new Contract("Turn the second factor on by a first code")
            .Reads(Code)
            .Returns<RecoveryCodes>()
            .Refuses(
                Refusals.NotFound("user"),
                Refusals.SecondFactorNotSetUp(),
                Refusals.SecondFactorOn(),
                Refusals.SecondFactorCodeWrong()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => ConfirmAsync(connection, call, context));

    private async ValueTask<Answer> ConfirmAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        if (await UserStore.LockAsync(connection, call.Caller.UserId, call.Cancellation) is not { } account)
            return Answer.Refused(Refusals.NotFound("user"));
        var user = account.User;
        var factor = await SecondFactorStore.FindAsync(connection, user.Id, call.Cancellation);
        if (factor!.IsOn)
            return Answer.Refused(Refusals.SecondFactorOn());
        if (factor.Secret is null)
            return Answer.Refused(Refusals.SecondFactorNotSetUp());
        if (SecondFactorCodes.FindStep(factor, call.Body.Get(Code), context.At) is not { } step)
            return Answer.Refused(Refusals.SecondFactorCodeWrong());
        var codes = SecondFactorCodes.CreateRecoveryCodes();
        var sender = await NoticeSender.ReadAsync(connection, user.OrganisationId, call.Cancellation);
        await using var batch = new NpgsqlBatch(connection);
        SecondFactorStore.AddConfirmationTo(batch, user.Id, step, codes, context.At);
        NoticeStore.AddTo(batch, notices.SecondFactorChanged(sender, user, isOn: true), context.At);
        AuditTrail.AddTo(
            batch,
            [
                new(
                    user.OrganisationId,
                    user.Id.AsSubject,
                    context,
                    new(ids.Next<AuditEntryId>(), "SECOND_FACTOR_TURNED_ON", "{}")
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.ShownOnce(
            new RecoveryCodes(codes),
            new RecoveryCodes(null),
            "The second factor is on. Keep the recovery codes: each stands in for one code, and they are not shown again.",
            "The second factor was turned on before; the recovery codes are not shown again."
        );
    }
}

/// <summary>Recovery codes, for a user who loses the authenticator app.</summary>
/// <param name="Codes">The codes, each of which works once; null if the response repeats an earlier one.</param>
public sealed record RecoveryCodes(IReadOnlyList<string>? Codes);
