using System.Text.Json;
using Npgsql;
using Paydown.Lending.Products;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Products;

/// <summary>
/// What becomes of a product, with its entry in the audit trail. A definition that says what the current one says makes
/// no version.
/// </summary>
public sealed class ProductChanges(Ids ids)
{
    /// <summary>Makes a product of its first version.</summary>
    public async ValueTask<StoredProduct> CreateAsync(
        NpgsqlConnection connection,
        Guid organisationId,
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

    /// <summary>Changes a product that is locked.</summary>
    /// <param name="connection">With the transaction that holds the lock.</param>
    /// <param name="before">As it is.</param>
    /// <param name="wanted">As it shall be; its version does not count.</param>
    /// <param name="isOpen">Whether it shall be open.</param>
    /// <param name="context">Who, when.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>As it is now: the same where nothing was to be changed.</returns>
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

    /// <summary>What a change would come to, and whether that is a new version.</summary>
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
            [new(stored.OrganisationId, stored.Product.Id, context, new(ids.Next(), action, detail))]
        );
    }
}
