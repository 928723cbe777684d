using Npgsql;
using Paydown.Lending;
using Paydown.Lending.Applications;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;

namespace Paydown.Server.Applications;

/// <summary>
/// A customer accepts the terms and conditions. If the product disburses automatically and one officer would suffice,
/// the loan is paid out at once; otherwise it waits for a manager.
/// </summary>
public sealed class AcceptTerms(
    IdempotentWrites writes,
    OrganisationDirectory organisations,
    LoanDisbursement disbursement,
    ApplicationSteps steps,
    TimeProvider time
)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var occasion = await organisations.OccasionAsync(call, time);
        return await writes.RunAsync(call, connection => AcceptAsync(connection, call, organisation, occasion));
    }

    private async ValueTask<Answer> AcceptAsync(
        NpgsqlConnection connection,
        Call call,
        Organisation organisation,
        Occasion occasion
    )
    {
        var file = await ApplicationStore.FindAsync(
            connection,
            call.Caller.UserId,
            call.PathId("loanApplicationId"),
            forUpdate: true,
            call.Cancellation
        );
        if (file is null)
            return Answer.Refused(Refusals.NotFound("loan application"));
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

        var decided = file.Product.DisbursesAutomatically
            ? await LoanDisbursement.DecideAsync(connection, change.After, occasion, amount: null, call.Cancellation)
            : (Result<DecidedDisbursement>?)null;
        if (decided?.Refusal is { } refusal)
        {
            return refusal.Code == Refusals.OfferExceededCode
                ? await OfferAgainAsync(connection, call, file, organisation, occasion)
                : Answer.Refused(refusal);
        }

        // What two officers must pay out is never paid out by rules alone.
        if (decided is null || decided.Value.Value.NeedsTwoOfficers(file))
        {
            await ApplicationChangeStore.WriteAsync(connection, change, call.Cancellation);
            return Answer.Success(
                ApplicationStanding.Of(change.After, occasion.At),
                "The terms are accepted; the loan will be paid out."
            );
        }

        var disbursed = await disbursement.DisburseAsync(
            connection,
            change.Automatically(),
            decided.Value.Value,
            call.Cancellation
        );
        return Answer.Success(
            ApplicationStanding.Of(disbursed.Application, occasion.At),
            "The terms are accepted, and the loan is paid out to your wallet."
        );
    }

    // Nobody decides on a loan that is paid out by itself, so nobody would send the new offer that it takes.
    private async ValueTask<Answer> OfferAgainAsync(
        NpgsqlConnection connection,
        Call call,
        ApplicationFile file,
        Organisation organisation,
        Occasion occasion
    )
    {
        var change = steps.SendOffer(ApplicationChange.Begin(file, occasion).Automatically(), organisation.TimeZone);
        await ApplicationChangeStore.WriteAsync(connection, change, call.Cancellation);
        return Answer.Success(
            ApplicationStanding.Of(change.After, occasion.At),
            "Paid out today, the loan would cost more than you accepted: get-loan-offer shows a new offer."
        );
    }
}
