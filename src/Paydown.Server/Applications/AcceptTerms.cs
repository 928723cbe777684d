using Npgsql;
using Paydown.Lending;
using Paydown.Lending.Applications;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;

namespace Paydown.Server.Applications;

/// <summary>
/// A customer accepts the terms and conditions: the loan is paid out at once where the product says so, else it waits
/// for a manager.
/// </summary>
public sealed class AcceptTerms(
    IdempotentWrites writes, OrganisationDirectory organisations, LoanDisbursement disbursement, TimeProvider time)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var occasion = await organisations.OccasionAsync(call, time);
        return await writes.RunAsync(call, connection => AcceptAsync(connection, call, occasion));
    }

    private async ValueTask<Answer> AcceptAsync(NpgsqlConnection connection, Call call, Occasion occasion)
    {
        var file = await ApplicationStore.FindAsync(
            connection, call.Caller.UserId, call.PathId("loanApplicationId"), forUpdate: true, call.Cancellation);
        if (file is null) return Answer.Refused(Refusals.NotFound("loan application"));
        var status = file.StatusAt(occasion.At);
        if (status != ApplicationStatus.Accepted)
            return Answer.Refused(Refusals.OfferNotAccepted(ApplicationStates.Word(status)));

        var change = ApplicationChange.Begin(file, occasion);
        if (file.TermsAcceptedAt is null)
        {
            change = change
                .To(ApplicationStatus.Accepted, "The customer accepted the terms and conditions.")
                .With(accepted => accepted with { TermsAcceptedAt = occasion.At });
        }

        if (!file.Product.DisbursesAutomatically)
        {
            await ApplicationChangeStore.WriteAsync(connection, change, call.Cancellation);
            return Answer.Success(
                ApplicationStanding.Of(change.After, occasion.At),
                "The terms are accepted; the loan will be paid out.");
        }

        var disbursed = await disbursement.DisburseAsync(connection, change, amount: null, call.Cancellation);
        return disbursed.IsRefused
            ? Answer.Refused(disbursed.Refusal)
            : Answer.Success(
                ApplicationStanding.Of(disbursed.Value.Application, occasion.At),
                "The terms are accepted, and the loan is paid out to your wallet.");
    }
}
