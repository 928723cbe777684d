using Npgsql;
using Paydown.Lending.Applications;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Applications;

/// <summary>
/// A customer accepts or rejects an offer, or withdraws the application. An offer found to have expired is recorded as
/// expired.
/// </summary>
public sealed class AnswerOffer(SingleWrites writes, NpgsqlDataSource database)
{
    public static IReadOnlyList<Field> QueryFields { get; } =
    [Field.Boolean("status", "True accepts the offer; false withdraws the application.")];

    /// <summary>Handles accept-loan-offer/…/accept.</summary>
    public ValueTask<Answer> AcceptAsync(Call call) =>
        AnswerAsync(
            call,
            call.PathId("loanApplicationId"),
            ApplicationStatus.Accepted,
            (stored, now) => Answer.Success(ApplicationStanding.Of(stored, now), "The offer is accepted.")
        );

    /// <summary>Handles accept-loan-offer/…/reject.</summary>
    public ValueTask<Answer> RejectAsync(Call call) =>
        AnswerAsync(
            call,
            call.PathId("loanApplicationId"),
            ApplicationStatus.Rejected,
            (stored, now) => Answer.Success(ApplicationStanding.Of(stored, now), "The offer is rejected.")
        );

    /// <summary>Handles update-application.</summary>
    public ValueTask<Answer> HandleAsync(Call call) =>
        AnswerAsync(
            call,
            call.PathId("loan-application-id"),
            call.Query.Boolean("status") ? ApplicationStatus.Accepted : ApplicationStatus.Withdrawn,
            (stored, now) => Answer.Success(UpdatedApplication.Of(stored, now))
        );

    private async ValueTask<Answer> AnswerAsync(
        Call call,
        Guid id,
        ApplicationStatus status,
        Func<StoredApplication, DateTimeOffset, Answer> answer
    )
    {
        ActionContext? expiredIn = null;
        var response = await writes.RunAsync(
            call,
            async (connection, context) =>
            {
                var stored = await ApplicationStore.FindAsync(
                    connection,
                    call.Caller.UserId,
                    id,
                    forUpdate: true,
                    call.Cancellation
                );
                if (stored is null)
                    return Answer.Refused(Refusals.NotFound("loan application"));
                var standing = stored.StatusAt(context.At);
                if (standing != stored.Status && standing == ApplicationStatus.Expired)
                    expiredIn = context;
                // An officer's rejection leads to the same state, but a customer can only answer an offer.
                if (standing != ApplicationStatus.OfferSent || !ApplicationStates.Leads(standing, status))
                    return Answer.Refused(OfferRefusal(standing, status));
                var change = Answered(ApplicationChange.Begin(stored, context), status);
                await ApplicationChangeStore.WriteAsync(connection, change, call.Cancellation);
                return answer(change.After, context.At);
            }
        );
        if (expiredIn is not null)
            await ExpireAsync(call.Caller.UserId, id, expiredIn, call.Cancellation);
        return response;
    }

    private static Refusal OfferRefusal(ApplicationStatus standing, ApplicationStatus wanted) =>
        Refusals.ApplicationStateForbids(
            ApplicationStates.Word(standing),
            ApplicationStates.Word(wanted),
            [ApplicationStates.Word(ApplicationStatus.OfferSent)]
        );

    private static ApplicationChange Answered(ApplicationChange change, ApplicationStatus status) =>
        status switch
        {
            ApplicationStatus.Rejected => change.End(status, "The customer rejected the offer."),
            ApplicationStatus.Withdrawn => change.End(status, "The customer withdrew."),
            _ => ApplicationSteps.Accept(change),
        };

    // The refusal rolled its transaction back, so this needs another one.
    private async Task ExpireAsync(Guid customerId, Guid id, ActionContext context, CancellationToken cancellation)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var connection = transaction.Connection;
        var stored = await ApplicationStore.FindAsync(connection, customerId, id, forUpdate: true, cancellation);
        if (stored is not { Status: ApplicationStatus.OfferSent })
            return;
        await ApplicationChangeStore.WriteAsync(connection, ApplicationSteps.Expire(stored, context), cancellation);
        await transaction.CommitAsync();
    }
}

/// <summary>The state of an application after its customer's step.</summary>
/// <param name="LoanApplicationId">The application's id.</param>
/// <param name="LoanApplicationStatusEnum">The application's state now.</param>
/// <param name="TermsAcceptedAt">When the customer accepted the terms and conditions; null if not yet.</param>
/// <param name="AccountId">The loan account; null until the loan is paid out.</param>
public sealed record ApplicationStanding(
    Guid LoanApplicationId,
    ApplicationStatus LoanApplicationStatusEnum,
    DateTimeOffset? TermsAcceptedAt,
    Guid? AccountId
)
{
    public static ApplicationStanding Example { get; } =
        Of(ApplicationExamples.Offered with { Status = ApplicationStatus.Accepted }, ApplicationExamples.Now);

    public static ApplicationStanding Of(StoredApplication stored, DateTimeOffset now) =>
        new(stored.Id, stored.StatusAt(now), stored.TermsAcceptedAt, stored.LoanId);
}
