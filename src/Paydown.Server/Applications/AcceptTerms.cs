using Npgsql;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Applications;

/// <summary>
/// A customer accepts the terms and conditions. If the product disburses automatically and one officer would suffice,
/// the loan is paid out at once; otherwise it waits for a manager.
/// </summary>
public sealed class AcceptTerms(SingleWrites writes, OrganisationDirectory organisations, LoanDisbursement disbursement)
    : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Accept the terms and conditions of an accepted offer")
            .Returns<ApplicationStanding>()
            .Refuses(
                Refusals.NotFound("loan application"),
                Refusals.OfferNotAccepted("OFFER_SENT"),
                Refusals.FirstDueDateOutOfRange(Sample.Date, "must be later.")
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return await writes.RunAsync(
            call,
            (connection, context) => AcceptAsync(connection, call, organisation, context)
        );
    }

    private async ValueTask<Answer> AcceptAsync(
        NpgsqlConnection connection,
        Call call,
        Organisation organisation,
        ActionContext context
    )
    {
        var stored = await ApplicationStore.FindAsync(
            connection,
            call.Caller.CustomerId,
            call.Path(ApplicationRoutes.ApplicationId),
            forUpdate: true,
            call.Cancellation
        );
        if (stored is null)
            return Answer.Refused(Refusals.NotFound("loan application"));
        var status = stored.StatusAt(context.At);
        if (status != ApplicationStatus.Accepted)
            return Answer.Refused(Refusals.OfferNotAccepted(ApplicationStates.Word(status)));

        var change = ApplicationChange.Begin(stored, context);
        if (stored.TermsAcceptedAt is null)
        {
            change = change
                .To(ApplicationStatus.Accepted, "The customer accepted the terms and conditions.")
                .With(accepted => accepted with { TermsAcceptedAt = context.At });
        }

        // What a manager took back is not paid out again by itself.
        var decided = stored is { Product.DisbursesAutomatically: true, AccountId: null }
            ? await LoanDisbursement.DecideAsync(connection, change.After, context, amount: null, call.Cancellation)
            : (Result<DecidedDisbursement>?)null;
        if (decided?.Refusal is { } refusal)
        {
            return refusal.Code == Refusals.OfferExceededCode
                ? await OfferAgainAsync(connection, call, stored, organisation, context)
                : Answer.Refused(refusal);
        }

        // A loan that needs two officers is never paid out automatically.
        if (decided is null || decided.Value.Value.NeedsTwoOfficers(stored))
        {
            await ApplicationChangeStore.WriteAsync(connection, change, call.Cancellation);
            return Answer.Success(
                ApplicationStanding.Of(change.After, context.At),
                "The terms are accepted. The loan will be paid out."
            );
        }

        var disbursed = await disbursement.DisburseAsync(
            connection,
            change.Automatically(),
            decided.Value.Value,
            call.Cancellation
        );
        return Answer.Success(
            ApplicationStanding.Of(disbursed.Application, context.At),
            "The terms are accepted, and the loan is paid out to your wallet."
        );
    }

    // No officer handles a loan that is paid out automatically, so the new offer is sent here.
    private static async ValueTask<Answer> OfferAgainAsync(
        NpgsqlConnection connection,
        Call call,
        StoredApplication stored,
        Organisation organisation,
        ActionContext context
    )
    {
        var change = ApplicationSteps.SendOffer(
            ApplicationChange.Begin(stored, context).Automatically(),
            organisation.TimeZone
        );
        await ApplicationChangeStore.WriteAsync(connection, change, call.Cancellation);
        return Answer.Success(
            ApplicationStanding.Of(change.After, context.At),
            "Paid out today, the loan would cost more than you accepted. See the new offer in get-loan-offer."
        );
    }
}
