using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Products;

/// <summary>
/// Creates and changes products, and records it in the audit trail. A definition equal to the current one makes no new
/// version.
/// </summary>
public sealed class ProductChanges(Ids ids)
{
    /// <summary>Creates a product with its first version.</summary>
    public async ValueTask<StoredProduct> CreateAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        LoanProduct product,
        bool isOpen,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        var stored = new StoredProduct(organisationId, product, isOpen, context.By, context.At);
        await using var batch = new NpgsqlBatch(connection);
        ProductStore.AddFirstTo(batch, stored);
        Audit(batch, "PRODUCT_CREATED", stored, context);
        await batch.ExecuteNonQueryAsync(cancellation);
        return stored;
    }

    /// <summary>
    /// Locks the product of a request. Refused if there is none, or if the request is based on another version.
    /// </summary>
    /// <param name="connection">A connection with the use case's transaction.</param>
    /// <param name="call">A request with the product's id and version.</param>
    public static async ValueTask<Result<StoredProduct>> LockAsync(NpgsqlConnection connection, Call call)
    {
        var stored = await ProductStore.LockCurrentAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(ProductRoutes.ProductId),
            call.Cancellation
        );
        if (stored is null)
            return Refusals.NotFound("loan product");
        var version = stored.Product.Version;
        return call.Body.Get(ProductBody.Version) == version ? stored : Refusals.VersionConflict(version);
    }

    /// <summary>Changes a locked product.</summary>
    /// <param name="connection">A connection with the transaction that holds the lock.</param>
    /// <param name="before">The current product.</param>
    /// <param name="wanted">The product after the change; its version is ignored.</param>
    /// <param name="isOpen">Whether the product is open after the change.</param>
    /// <param name="context">Who makes the change, and when.</param>
    /// <param name="cancellation">Cancels the change.</param>
    /// <returns>The product after the change; <paramref name="before"/> if nothing changed.</returns>
    public async ValueTask<StoredProduct> ChangeAsync(
        NpgsqlConnection connection,
        StoredProduct before,
        LoanProduct wanted,
        bool isOpen,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        var (stored, isNew) = Decide(before, wanted, isOpen, context);
        if (!isNew && isOpen == before.IsOpen)
            return before;
        await using var batch = new NpgsqlBatch(connection);
        if (isNew)
            ProductStore.AddNextTo(batch, stored);
        else
            ProductStore.AddOpenTo(batch, stored);
        if (isNew)
            Audit(batch, "PRODUCT_CHANGED", stored, context);
        if (isOpen != before.IsOpen)
            Audit(batch, isOpen ? "PRODUCT_OPENED" : "PRODUCT_CLOSED", stored, context);
        await batch.ExecuteNonQueryAsync(cancellation);
        return stored;
    }

    /// <summary>The product after a change, and whether the change makes a new version.</summary>
    public static (StoredProduct Stored, bool IsNewVersion) Decide(
        StoredProduct before,
        LoanProduct wanted,
        bool isOpen,
        ActionContext context
    )
    {
        if (StoredJson.AreEqual(wanted with { Version = before.Product.Version }, before.Product))
            return (before with { IsOpen = isOpen }, false);
        var next = wanted with { Version = before.Product.Version + 1 };
        return (new(before.OrganisationId, next, isOpen, context.By, context.At), true);
    }

    private void Audit(NpgsqlBatch batch, string action, StoredProduct stored, ActionContext context)
    {
        var detail = JsonSerializer.Serialize(new { stored.Product.Version, stored.Product.Name }, Wire.Options);
        AuditTrail.AddTo(
            batch,
            [
                new(
                    stored.OrganisationId,
                    stored.Product.Id.AsSubject,
                    context,
                    new(ids.Next<AuditEntryId>(), action, detail)
                ),
            ]
        );
    }
}
