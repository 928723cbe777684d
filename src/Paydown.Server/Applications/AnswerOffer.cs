using Npgsql;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Applications;

/// <summary>
/// Runs a customer's response to an offer, for the three calls that accept, reject or withdraw. An expired offer is
/// recorded as expired at the first attempt.
/// </summary>
public sealed class AnswerOffer(SingleWrites writes, NpgsqlDataSource database)
{
    /// <param name="call">The request.</param>
    /// <param name="id">The application.</param>
    /// <param name="status">The status that the customer wants.</param>
    /// <param name="answer">Makes the response from the changed application.</param>
    internal async ValueTask<Answer> RunAsync(
        Call call,
        LoanApplicationId id,
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
                    call.Caller.CustomerId,
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
            await ExpireAsync(call.Caller.CustomerId, id, expiredIn, call.Cancellation);
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
    private async Task ExpireAsync(
        CustomerId customerId,
        LoanApplicationId id,
        ActionContext context,
        CancellationToken cancellation
    )
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
