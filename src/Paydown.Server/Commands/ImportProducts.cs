using System.Text;
using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Products;

namespace Paydown.Server.Commands;

/// <summary>
/// <c>paydown import</c>: creates or changes the products of an organisation as a file says, all of them or none.
/// Products that are not in the file stay as they are. A field that is left out is never reset silently. Importing the
/// same file again changes nothing.
/// </summary>
internal sealed class ImportProducts
{
    private const int ProductsMax = 1_000;
    private const string InteractionId = "paydown import";

    private static readonly Field<ProductId> Id = Field.Id<ProductId>(
        "id",
        "Identifies the product; it never changes."
    );
    private static readonly Field<IReadOnlyList<FieldValues>?> Products = Field
        .List("products", "The products.", ProductsMax, [Id, .. ProductBody.Definition])
        .Optional();

    /// <summary>The fields of a file.</summary>
    internal static IReadOnlyList<Field> Fields { get; } = [Products, ImportLists.Banks, ImportLists.Blacklist];

    private readonly NpgsqlConnection connection;
    private readonly OrganisationSettings organisation;
    private readonly ActionContext context;
    private readonly ProductChanges changes;
    private readonly string file;
    private readonly bool isDryRun;
    private readonly List<FieldError> errors = [];
    private readonly List<ImportedProduct> imported = [];
    private ImportedLists lists = new(0, 0);

    private ImportProducts(
        NpgsqlConnection connection,
        OrganisationSettings organisation,
        TimeProvider time,
        string file,
        bool isDryRun
    )
    {
        this.file = file;
        this.connection = connection;
        this.organisation = organisation;
        this.isDryRun = isDryRun;
        var now = time.GetUtcNow();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organisation.TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        // The operator is not a user and has no id.
        context = new ActionContext(UserId.Nobody, now, today, InteractionId);
        changes = new ProductChanges(new Ids(time));
    }

    /// <summary>Imports a file.</summary>
    /// <param name="db">The database.</param>
    /// <param name="file">The path of the file.</param>
    /// <param name="organisationId">The organisation of the products; null for the only one.</param>
    /// <param name="isDryRun">True to show the changes without making them.</param>
    /// <param name="json">True to write one JSON document instead of lines.</param>
    /// <param name="output">Receives the result.</param>
    /// <param name="cancellation">Stops the import; nothing is changed then.</param>
    /// <returns>0 on success; 1 if the file has errors, and then nothing is changed.</returns>
    /// <exception cref="OperatingException">
    /// The file cannot be read, there is no such organisation, or the schema does not match.
    /// </exception>
    public static async Task<int> RunAsync(
        NpgsqlDataSource db,
        string file,
        OrganisationId? organisationId,
        bool isDryRun,
        bool json,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        var bytes = await ReadAsync(file, cancellation);
        await new Migrator(db, TimeProvider.System).RequireCurrentAsync(cancellation);

        await using var transaction = await WriteTransaction.BeginAsync(
            db,
            cancellation,
            answerMax: Timeout.InfiniteTimeSpan
        );
        var session = transaction.Connection;
        var lender = await ChosenLender.LockAsync(session, organisationId, cancellation);
        var import = new ImportProducts(session, lender, TimeProvider.System, file, isDryRun);
        await import.ImportAsync(bytes, cancellation);
        if (import.errors.Count == 0 && !isDryRun)
            await transaction.CommitAsync();
        await output.WriteLineAsync((json ? import.ToJson() : import.ToString()).AsMemory(), cancellation);
        return import.errors.Count == 0 ? 0 : 1;
    }

    /// <summary>Imports a file in the transaction of the session, for a lender that is being created.</summary>
    /// <returns>The number of products.</returns>
    /// <exception cref="OperatingException">The file cannot be read, or has errors.</exception>
    public static async Task<int> AddAsync(
        NpgsqlConnection session,
        OrganisationSettings lender,
        string file,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var import = new ImportProducts(session, lender, time, file, isDryRun: false);
        await import.ImportAsync(await ReadAsync(file, cancellation), cancellation);
        return import.errors.Count == 0
            ? import.imported.Count
            : throw new OperatingException($"The products in {file} have errors.\n{import}");
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(file, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatingException($"Cannot read {file}: {exception.Message}", exception);
        }
    }

    private async Task ImportAsync(byte[] bytes, CancellationToken cancellation)
    {
        var read = FieldReader.ReadJson(WithoutMark(bytes), Fields, refusesUnknown: true, document: "file");
        if (read.IsRefused)
        {
            if (read.Refusal.Errors.Count == 0)
                errors.Add(new(file, read.Refusal.Message));
            else
                errors.AddRange(read.Refusal.Errors);
            return;
        }

        var products = read.Value.Get(Products) ?? [];
        var seen = new HashSet<ProductId>();
        for (var i = 0; i < products.Count; i++)
        {
            var path = $"products[{i}].";
            if (seen.Add(products[i].Get(Id)))
                await ImportAsync(products[i], path, cancellation);
            else
                errors.Add(new(path + "id", "must be unique in the file."));
        }

        lists = await ImportLists.ReadAsync(connection, organisation.Id, read.Value, context, errors, cancellation);
    }

    // Some editors put a byte order mark before UTF-8.
    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;

    private async Task ImportAsync(FieldValues wanted, string path, CancellationToken cancellation)
    {
        var id = wanted.Get(Id);
        var before = await ProductStore.LockCurrentAsync(connection, organisation.Id, id, cancellation);
        var version = before?.Product.Version + 1 ?? 1;
        var product = ProductBody.Read(wanted, id, version, organisation.Currency);
        if (product.IsRefused)
        {
            Note(product.Refusal, path);
            return;
        }

        if (before is not null)
        {
            var reset = LeftOutFields
                .Find(wanted, ProductView.Of(before), ProductView.Of(before with { Product = product.Value }))
                .ToList();
            errors.AddRange(reset.Select(error => error with { Field = path + error.Field }));
            if (reset.Count > 0)
                return;
        }

        var isOpen = wanted.Get(ProductBody.IsOpen) ?? before?.IsOpen ?? true;
        // A dry run writes too, but its transaction is not committed.
        var after = before is null
            ? await changes.CreateAsync(connection, organisation.Id, product.Value, isOpen, context, cancellation)
            : await changes.ChangeAsync(connection, before, product.Value, isOpen, context, cancellation);
        var outcome =
            before is null ? ImportOutcome.Created
            : after.Product.Version != before.Product.Version ? ImportOutcome.Changed
            : after.IsOpen == before.IsOpen ? ImportOutcome.Unchanged
            : after.IsOpen ? ImportOutcome.Opened
            : ImportOutcome.Closed;
        imported.Add(new(id, after.Product.Name, after.Product.Version, after.IsOpen, outcome));
    }

    private void Note(Refusal refusal, string path)
    {
        if (refusal.Errors.Count == 0)
            errors.Add(new(path.TrimEnd('.'), refusal.Message));
        errors.AddRange(refusal.Errors.Select(error => error with { Field = path + error.Field }));
    }

    private string ToJson() =>
        JsonSerializer.Serialize(
            new
            {
                OrganisationId = organisation.Id,
                IsDryRun = isDryRun,
                IsDone = errors.Count == 0 && !isDryRun,
                Products = errors.Count == 0 ? imported : [],
                lists.Banks,
                lists.Blacklist,
                Errors = errors,
            },
            Wire.Options
        );

    public override string ToString()
    {
        if (errors.Count > 0)
        {
            return string.Join('\n', errors.Select(error => $"{error.Field}: {error.Message}".TrimStart(':', ' ')))
                + $"\n{errors.Count} errors; nothing is changed.";
        }

        var lines = imported.Select(product =>
            $"{WordOf(product.Outcome), -9} {product.Id} {product.Name}, version {product.Version}"
        );
        var counts = imported
            .GroupBy(product => product.Outcome)
            .OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {WordOf(group.Key)}");
        var end = imported.Count == 0 ? "The file has no products." : $"{string.Join(", ", counts)}.";
        if (lists != new ImportedLists(0, 0))
            end += $" {lists.Banks} banks and {lists.Blacklist} blacklist entries are in place.";
        return string.Join('\n', lines.Append(isDryRun ? $"{end} This was a dry run; nothing is changed." : end));
    }

    private static string WordOf(ImportOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private enum ImportOutcome
    {
        Created,
        Changed,
        Opened,
        Closed,
        Unchanged,
    }

    private sealed record ImportedProduct(ProductId Id, string Name, int Version, bool IsOpen, ImportOutcome Outcome);
}
