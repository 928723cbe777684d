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
    public async ValueTask<ProductFile> CreateAsync(
        NpgsqlConnection connection,
        Guid organisationId,
        LoanProduct product,
        bool isOpen,
        Occasion occasion,
        CancellationToken cancellation
    )
    {
        var file = new ProductFile(organisationId, product, isOpen, occasion.By, occasion.At);
        await using var batch = new NpgsqlBatch(connection);
        ProductStore.AddFirstTo(batch, file);
        Audit(batch, "PRODUCT_CREATED", file, occasion);
        await batch.ExecuteNonQueryAsync(cancellation);
        return file;
    }

    /// <summary>Changes a product that is locked.</summary>
    /// <param name="connection">With the transaction that holds the lock.</param>
    /// <param name="before">As it is.</param>
    /// <param name="wanted">As it shall be; its version does not count.</param>
    /// <param name="isOpen">Whether it shall be open.</param>
    /// <param name="occasion">Who, when.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>As it is now: the same where nothing was to be changed.</returns>
    public async ValueTask<ProductFile> ChangeAsync(
        NpgsqlConnection connection,
        ProductFile before,
        LoanProduct wanted,
        bool isOpen,
        Occasion occasion,
        CancellationToken cancellation
    )
    {
        var (file, isNew) = Decide(before, wanted, isOpen, occasion);
        if (!isNew && isOpen == before.IsOpen)
            return before;
        await using var batch = new NpgsqlBatch(connection);
        if (isNew)
            ProductStore.AddNextTo(batch, file);
        else
            ProductStore.AddOpenTo(batch, file);
        if (isNew)
            Audit(batch, "PRODUCT_CHANGED", file, occasion);
        if (isOpen != before.IsOpen)
            Audit(batch, isOpen ? "PRODUCT_OPENED" : "PRODUCT_CLOSED", file, occasion);
        await batch.ExecuteNonQueryAsync(cancellation);
        return file;
    }

    /// <summary>What a change would come to, and whether that is a new version.</summary>
    public static (ProductFile File, bool IsNewVersion) Decide(
        ProductFile before,
        LoanProduct wanted,
        bool isOpen,
        Occasion occasion
    )
    {
        if (StoredJson.AreEqual(wanted with { Version = before.Product.Version }, before.Product))
            return (before with { IsOpen = isOpen }, false);
        var next = wanted with { Version = before.Product.Version + 1 };
        return (new(before.OrganisationId, next, isOpen, occasion.By, occasion.At), true);
    }

    private void Audit(NpgsqlBatch batch, string action, ProductFile file, Occasion occasion)
    {
        var detail = JsonSerializer.Serialize(new { file.Product.Version, file.Product.Name }, Wire.Options);
        AuditTrail.AddTo(batch, [new(file.OrganisationId, file.Product.Id, occasion, new(ids.Next(), action, detail))]);
    }
}
