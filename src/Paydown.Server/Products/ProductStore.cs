using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Products;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Products;

/// <summary>
/// The SQL of an organisation's products. Versions are only added. One more row per product names the current version
/// and whether the product is open.
/// </summary>
public static class ProductStore
{
    private const string Select = """
        select p.organisation_id, v.definition, p.is_open, v.recorded_by, v.recorded_at
        from loan_product p
        join loan_product_version v on v.organisation_id = p.organisation_id and v.product_id = p.id
        """;

    private const string SelectCurrent = $"{Select} and v.version = p.version";

    private const string InsertVersion = """
        insert into loan_product_version (organisation_id, product_id, version, definition, recorded_by, recorded_at)
        values ($1, $2, $3, $4::jsonb, $5, $6)
        """;

    private static readonly PageQuery Page = new(
        "from loan_product where organisation_id = $1",
        $"""
        {SelectCurrent}
        where p.organisation_id = $1 and ($2::text is null or (p.name, p.id) > ($2, $3::uuid))
        order by p.name, p.id limit $4 offset $5
        """
    );

    /// <summary>Returns the current version of a product; null if the organisation has none with this id.</summary>
    public static async Task<StoredProduct?> FindCurrentAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        ProductId productId,
        CancellationToken cancellation
    ) => (await ReadAsync(connection, [Current(organisationId, productId)], cancellation)).SingleOrDefault();

    /// <summary>Returns the current version and locks the product until the transaction ends.</summary>
    public static async Task<StoredProduct?> LockCurrentAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        ProductId productId,
        CancellationToken cancellation
    )
    {
        // Two statements: the version is read after the lock is held.
        var locking = Command(
            "select from loan_product where organisation_id = $1 and id = $2 for no key update",
            organisationId,
            productId
        );
        return (
            await ReadAsync(connection, [locking, Current(organisationId, productId)], cancellation)
        ).SingleOrDefault();
    }

    /// <summary>Returns one version of a product, old or current; null if there is none.</summary>
    public static async Task<LoanProduct?> FindVersionAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        ProductId productId,
        int version,
        CancellationToken cancellation
    )
    {
        var command = Command(
            $"{Select} where p.organisation_id = $1 and p.id = $2 and v.version = $3",
            organisationId,
            productId,
            version
        );
        return (await ReadAsync(connection, [command], cancellation)).SingleOrDefault()?.Product;
    }

    /// <summary>Returns every version of a product, newest first.</summary>
    public static Task<IReadOnlyList<StoredProduct>> ListVersionsAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        ProductId productId,
        CancellationToken cancellation
    ) =>
        ReadAsync(
            connection,
            [
                Command(
                    $"{Select} where p.organisation_id = $1 and p.id = $2 order by v.version desc",
                    organisationId,
                    productId
                ),
            ],
            cancellation
        );

    /// <summary>Returns an organisation's open products in their current versions, by name.</summary>
    public static Task<IReadOnlyList<StoredProduct>> ListOpenAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CancellationToken cancellation
    ) =>
        ReadAsync(
            connection,
            [
                Command(
                    $"{SelectCurrent} where p.organisation_id = $1 and p.is_open order by p.name, p.id",
                    organisationId
                ),
            ],
            cancellation
        );

    /// <summary>
    /// Returns a page of an organisation's products, open and closed, in their current versions, by name.
    /// </summary>
    public static Task<PageRecords<StoredProduct>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        Paging paging,
        CancellationToken cancellation
    ) =>
        Page.ReadAsync(
            connection,
            paging,
            [NpgsqlDbType.Text, NpgsqlDbType.Uuid],
            [Sql.Value(organisationId)],
            Read,
            cancellation
        );

    /// <summary>Adds the statements that create a product with its first version to a batch.</summary>
    public static void AddFirstTo(NpgsqlBatch batch, StoredProduct stored)
    {
        batch.BatchCommands.Add(
            Command(
                "insert into loan_product (organisation_id, id, version, is_open, name) values ($1, $2, $3, $4, $5)",
                stored.OrganisationId,
                stored.Product.Id,
                stored.Product.Version,
                stored.IsOpen,
                stored.Product.Name
            )
        );
        batch.BatchCommands.Add(VersionOf(stored));
    }

    /// <summary>
    /// Adds the statements that write a locked product's next version and make it current to a batch.
    /// </summary>
    public static void AddNextTo(NpgsqlBatch batch, StoredProduct stored)
    {
        batch.BatchCommands.Add(VersionOf(stored));
        batch.BatchCommands.Add(
            Command(
                "update loan_product set version = $3, is_open = $4, name = $5 where organisation_id = $1 and id = $2",
                stored.OrganisationId,
                stored.Product.Id,
                stored.Product.Version,
                stored.IsOpen,
                stored.Product.Name
            )
        );
    }

    /// <summary>Adds the statement that opens or closes a locked product to a batch.</summary>
    public static void AddOpenTo(NpgsqlBatch batch, StoredProduct stored) =>
        batch.BatchCommands.Add(
            Command(
                "update loan_product set is_open = $3 where organisation_id = $1 and id = $2",
                stored.OrganisationId,
                stored.Product.Id,
                stored.IsOpen
            )
        );

    private static NpgsqlBatchCommand Current(OrganisationId organisationId, ProductId productId) =>
        Command($"{SelectCurrent} where p.organisation_id = $1 and p.id = $2", organisationId, productId);

    private static NpgsqlBatchCommand VersionOf(StoredProduct stored) =>
        Command(
            InsertVersion,
            stored.OrganisationId,
            stored.Product.Id,
            stored.Product.Version,
            StoredJson.Write(stored.Product),
            stored.RecordedBy,
            stored.RecordedAt
        );

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(Sql.Value(value));
        return command;
    }

    private static Task<IReadOnlyList<StoredProduct>> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<NpgsqlBatchCommand> commands,
        CancellationToken cancellation
    ) => Rows.ReadLastAsync(connection, commands, Read, cancellation);

    private static StoredProduct Read(NpgsqlDataReader reader) =>
        new(
            reader.Id<OrganisationId>("organisation_id"),
            reader.Json<LoanProduct>("definition"),
            reader.Boolean("is_open"),
            reader.Id<UserId>("recorded_by"),
            reader.Instant("recorded_at")
        );
}
