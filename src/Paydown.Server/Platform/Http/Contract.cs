using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Describes a use case: its purpose, the fields it reads, the data it returns and its refusals. The pipeline checks
/// requests against it, and the OpenAPI document is written from it.
/// </summary>
/// <param name="Summary">The purpose, in a few words.</param>
public sealed record Contract(string Summary)
{
    /// <summary>The fields of the JSON body; null if it has no body.</summary>
    public IReadOnlyList<Field>? BodyFields { get; private init; }

    /// <summary>The maximum size of the file that is the body; null if the body is no file.</summary>
    public int? FileBytesMax { get; private init; }

    /// <summary>The query parameters.</summary>
    public IReadOnlyList<Field> QueryFields { get; private init; } = [];

    /// <summary>The type of <c>data</c> in the response; null if it has none.</summary>
    public Type? ResponseType { get; private init; }

    /// <summary>Whether the response is a file, without the envelope.</summary>
    public bool IsFileReturned { get; private init; }

    /// <summary>The sort key of a list with pages; null if the response has no pages.</summary>
    public IReadOnlyList<PageKeyPart>? PageKey { get; private init; }

    /// <summary>
    /// The refusals of the use case, beyond those of the pipeline. A refusal that names an amount or a day of the
    /// request has a <see cref="Sample"/> in its place. A tidy test compares the list with the code.
    /// </summary>
    public IReadOnlyList<Refusal> Refusals { get; private init; } = [];

    /// <summary>Reads a JSON body of these fields.</summary>
    public Contract Reads(params IReadOnlyList<Field> fields) => this with { BodyFields = Field.Declared(fields) };

    /// <summary>Reads a file as the body, of any content type.</summary>
    public Contract ReadsFile(int bytesMax) => this with { FileBytesMax = bytesMax };

    /// <summary>Reads these query parameters.</summary>
    public Contract Takes(params IReadOnlyList<Field> fields) => this with { QueryFields = Field.Declared(fields) };

    /// <summary>Returns data of this type.</summary>
    public Contract Returns<T>()
        where T : notnull => this with { ResponseType = typeof(T) };

    /// <summary>Returns a file, of a content type that depends on the file.</summary>
    public Contract ReturnsFile() => this with { IsFileReturned = true };

    /// <summary>Returns a page of a list of these records, ordered by id.</summary>
    public Contract ReturnsPage<T>()
        where T : notnull => ReturnsPage<T>(PageKeyPart.Id);

    /// <summary>Returns a page of a list of these records in another order.</summary>
    public Contract ReturnsPage<T>(params IReadOnlyList<PageKeyPart> orderedBy)
        where T : notnull => this with { ResponseType = typeof(IReadOnlyList<T>), PageKey = orderedBy };

    /// <summary>May refuse in these ways.</summary>
    public Contract Refuses(params IReadOnlyList<Refusal> refusals) => this with { Refusals = refusals };
}
