using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Products;

/// <summary>
/// A manager replaces the eligibility questions of a product, which makes a new version of it. If the product approves
/// automatically, a change that weakens them takes two managers.
/// </summary>
public sealed class ChangeEligibilityQuestions(
    SingleWrites writes,
    OrganisationDirectory organisations,
    ProductChanges changes,
    ProductApprovals approvals
) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Change a product's eligibility questions, which makes a new version")
            .Reads([.. Field.SpelledOut([QuestionBody.Questions]), ProductBody.Version])
            .Returns<ProductQuestions>()
            .Refuses(
                Refusals.NotFound("loan product"),
                Refusals.VersionConflict(2),
                Refusals.ValidationFailed(),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return await writes.RunAsync(
            call,
            (connection, context) => DecideAsync(connection, call, organisation, context)
        );
    }

    private async ValueTask<Answer> DecideAsync(
        NpgsqlConnection connection,
        Call call,
        Organisation organisation,
        ActionContext context
    )
    {
        var locked = await ProductChanges.LockAsync(connection, call);
        if (locked.IsRefused)
            return Answer.Refused(locked.Refusal);
        var before = locked.Value;

        var wanted = ProductBody.WithQuestions(before.Product, call.Body, organisation.Currency);
        if (wanted.IsRefused)
            return Answer.Refused(wanted.Refusal);
        var approval = await approvals.ApproveAsync(connection, before, wanted.Value, before.IsOpen, call, context);
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
        {
            return Answer.Success(
                ProductQuestions.Of(before.Product) with
                {
                    AwaitedApproval = awaited,
                },
                AwaitedApproval.Message("the questions change")
            );
        }

        var after = await changes.ChangeAsync(
            connection,
            before,
            wanted.Value,
            before.IsOpen,
            context,
            call.Cancellation
        );
        return Answer.Success(
            ProductQuestions.Of(after.Product),
            $"The product is at version {after.Product.Version}."
        );
    }
}
