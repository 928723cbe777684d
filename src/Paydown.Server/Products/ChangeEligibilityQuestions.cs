using Npgsql;
using Paydown.Lending;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;

namespace Paydown.Server.Products;

/// <summary>A manager changes what who applies for a product is asked: a new version of the product.</summary>
public sealed class ChangeEligibilityQuestions(
    IdempotentWrites writes, OrganisationDirectory organisations, ProductChanges changes, TimeProvider time)
{
    public static IReadOnlyList<Field> Fields { get; } = [ProductFields.Questions, ProductFields.Version];

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
        if (call.Body.IntegerOrNull("version") is { } basis && basis != before.Product.Version)
            return Answer.Refused(Refusals.VersionConflict(before.Product.Version));

        var wanted = ProductBody.WithQuestions(before.Product, call.Body, organisation.Currency);
        if (wanted.IsRefused) return Answer.Refused(wanted.Refusal);
        var after = await changes.ChangeAsync(
            connection, before, wanted.Value, before.IsOpen, occasion, call.Cancellation);
        return Answer.Success(
            ProductQuestions.Of(after.Product), $"The product is at version {after.Product.Version}.");
    }
}
