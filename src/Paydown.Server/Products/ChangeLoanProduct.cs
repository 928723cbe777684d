using Npgsql;
using Paydown.Lending;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;

namespace Paydown.Server.Products;

/// <summary>
/// A manager changes a product: a new version, which loans and applications that are there already never see; or opens
/// or closes it. Two managers at once make two versions, one after the other.
/// </summary>
public sealed class ChangeLoanProduct(
    IdempotentWrites writes, OrganisationDirectory organisations, ProductChanges changes, TimeProvider time)
{
    public static IReadOnlyList<Field> Fields { get; } =
        [.. ProductFields.Fixed, .. ProductFields.Definition, ProductFields.Version];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        // Before there is a connection: who holds a lock must not wait for a second one.
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var occasion = await organisations.OccasionAsync(call, time);
        return await writes.RunAsync(call, connection => DecideAsync(connection, call, organisation, occasion));
    }

    private async ValueTask<Answer> DecideAsync(
        NpgsqlConnection connection, Call call, Organisation organisation, Occasion occasion)
    {
        var before = await ProductStore.LockCurrentAsync(
            connection, organisation.Id, call.PathId("productId"), call.Cancellation);
        if (before is null) return Answer.Refused(Refusals.NotFound("loan product"));
        var current = before.Product;
        if (call.Body.IntegerOrNull("version") is { } basis && basis != current.Version)
            return Answer.Refused(Refusals.VersionConflict(current.Version));
        if (call.Body.ChangesOfFixed(ProductView.Of(before)) is { Count: > 0 } fixedOnes)
            return Answer.Refused(Refusals.ValidationFailed(fixedOnes));

        var wanted = ProductBody.Read(
            call.Body, current.Id, current.Version + 1, organisation.Currency, current.Questions);
        if (wanted.IsRefused) return Answer.Refused(wanted.Refusal);
        var isOpen = call.Body.BooleanOr("isOpen", before.IsOpen);
        var after = await changes.ChangeAsync(connection, before, wanted.Value, isOpen, occasion, call.Cancellation);
        return Answer.Success(ProductView.Of(after), $"The product is at version {after.Product.Version}.");
    }
}
