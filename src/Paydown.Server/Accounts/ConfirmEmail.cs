using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.SignIn;

namespace Paydown.Server.Accounts;

/// <summary>Confirms an e-mail address by the token that was mailed to it.</summary>
public sealed class ConfirmEmail(NpgsqlDataSource database, SignInLimits limits, Ids ids, TimeProvider time) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Confirm an e-mail address by the token of the message")
            .Reads(PasswordByToken.Token)
            .Returns<Done>()
            .Refuses(Refusals.OneTimeTokenInvalid(), Refusals.RateLimitExceeded(60));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var place = await limits.EnterRefreshAsync(call.ClientAddress, call.Cancellation);
        if (place.IsRefused)
            return Answer.Refused(place.Refusal);
        var token = call.Body.Get(PasswordByToken.Token);
        var now = ActionContext.InstantOf(time);
        await using var transaction = await WriteTransaction.BeginAsync(database, call.Cancellation);
        var user = await OneTimeTokenStore.FindLockedAsync(
            transaction.Connection,
            token,
            TokenPurpose.EmailConfirmation,
            now,
            call.Cancellation
        );
        if (user is null)
            return Answer.Refused(Refusals.OneTimeTokenInvalid());
        var context = new ActionContext(user.Id, now, DateOnly.FromDateTime(now.UtcDateTime), call.InteractionId);
        await using var batch = new NpgsqlBatch(transaction.Connection);
        UserStore.AddEmailConfirmationTo(batch, user.Id, now);
        OneTimeTokenStore.AddSpendingTo(
            batch,
            user.Id,
            TokenPurpose.EmailConfirmation,
            token,
            ClientKey.Of(AccountKey.Of(user.Email), call.ClientAddress),
            now
        );
        AuditTrail.AddTo(
            batch,
            [
                new(
                    user.OrganisationId,
                    user.Id.AsSubject,
                    context,
                    new(ids.Next<AuditEntryId>(), "EMAIL_CONFIRMED", "{}")
                ),
            ]
        );
        await transaction.CommitAsync(batch);
        place.Value.GiveBack();
        return Answer.Success(new Done(), "Your e-mail address is confirmed.");
    }
}
