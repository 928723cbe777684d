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
/// A manager replaces the definition of a product, or opens or closes it. A new definition is a new version; existing
/// loans and applications keep theirs. A change that weakens a control (see <c>ProductControls</c>) takes two
/// managers, and nothing of it takes effect before the second one approves.
/// </summary>
public sealed class ChangeLoanProduct(
    SingleWrites writes,
    OrganisationDirectory organisations,
    ProductChanges changes,
    ProductApprovals approvals
) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Change a product, which makes a new version, or open or close it")
            .Reads([.. ProductBody.Fixed, .. Field.SpelledOut(ProductBody.Definition), ProductBody.Version])
            .Returns<ProductView>()
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
        var (before, current) = (locked.Value, locked.Value.Product);
        if (call.Body.ChangesOfFixed(ProductView.Of(before)) is { Count: > 0 } errors)
            return Answer.Refused(Refusals.ValidationFailed(errors));

        var wanted = ProductBody.Read(call.Body, current.Id, current.Version + 1, organisation.Currency, current);
        if (wanted.IsRefused)
            return Answer.Refused(wanted.Refusal);
        var isOpen = call.Body.Get(ProductBody.IsOpen) ?? before.IsOpen;
        var approval = await approvals.ApproveAsync(connection, before, wanted.Value, isOpen, call, context);
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
        {
            return Answer.Success(
                ProductView.Of(before) with
                {
                    AwaitedApproval = awaited,
                },
                AwaitedApproval.Message("the product changes")
            );
        }

        var after = await changes.ChangeAsync(connection, before, wanted.Value, isOpen, context, call.Cancellation);
        return Answer.Success(ProductView.Of(after), $"The product is at version {after.Product.Version}.");
    }
}
