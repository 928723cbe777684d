using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Http;

/// <summary>The page of a list, as the envelope shows it.</summary>
/// <param name="Number">The number of the page, from 1.</param>
/// <param name="Size">The maximum number of records on a page.</param>
/// <param name="Total">The number of records in the list, at most <see cref="Paging.TotalMax"/>.</param>
/// <param name="TotalIsExact">False if there are more records.</param>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
public sealed record Page(int Number, int Size, int Total, bool TotalIsExact, string? Next);

/// <summary>
/// The requested page of a list: by number, or by the cursor from the previous page. Only with a cursor is no record
/// skipped or repeated while others write. The cost of a page depends only on its records: a cursor follows an index,
/// page numbers reach the first <see cref="ReachMax"/> records, and the total is counted up to <see cref="TotalMax"/>,
/// once for the first page.
/// </summary>
public sealed class Paging
{
    public const int SizeMax = 50;
    public const int TotalMax = 100;
    public const int ReachMax = 10_000;
    private const int SizeDefault = 10;
    private const int NumberMax = 1_000_000;

    private static readonly Field<int?> PageField = Field
        .Integer(
            "page",
            $"The page, from 1 (default 1). Numbers reach the first {ReachMax} records; after reaches all.",
            1,
            NumberMax
        )
        .Optional()
        .WithExample(1);
    private static readonly Field<int?> SizeField = Field
        .Integer("size", $"Records per page (default {SizeDefault}).", 1, SizeMax)
        .Optional()
        .WithExample(SizeDefault);
    private static readonly Field<string?> AfterField = Field
        .Cursor(
            "after",
            "The page.next of the previous page. Shows the records after it, whatever was written in between. "
                + "Send the same filters; page is not needed."
        )
        .Optional();

    private readonly byte[] binding;
    private readonly PageKey.Cursor? cursor;

    private Paging(int number, int size, bool isAsked, byte[] binding, PageKey.Cursor? cursor)
    {
        (this.binding, this.cursor) = (binding, cursor);
        (Size, IsAsked) = (size, isAsked);
        Number = cursor?.PageNumber ?? number;
    }

    /// <summary>The query parameters of a list with pages.</summary>
    public static IReadOnlyList<Field> Fields { get; } = FieldsUpTo(SizeMax);

    public int Number { get; }

    /// <summary>The maximum number of records on the page.</summary>
    public int Size { get; }

    /// <summary>The number of records to read: one more than the page shows, to find out if there is another.</summary>
    public int Take => IsOutOfReach ? 0 : Size + 1;

    /// <summary>The records to skip, for a page by number.</summary>
    public int Skip => IsOutOfReach ? 0 : (int)Before;

    /// <summary>The key of the last record of the previous page; null for the first page.</summary>
    public PageKey? After => cursor?.Key;

    /// <summary>The same for a list that is ordered by ids.</summary>
    public TId? AfterId<TId>()
        where TId : struct, IId<TId> => After?.Id<TId>(0);

    /// <summary>True if the records must be counted. A cursor has the count of the first page.</summary>
    public bool Counts => cursor is null;

    /// <summary>True if the request has any of the three parameters.</summary>
    public bool IsAsked { get; }

    /// <summary>The same parameters with another maximum size.</summary>
    public static IReadOnlyList<Field> FieldsUpTo(int sizeMax) => [PageField, SizeField.UpTo(sizeMax), AfterField];

    /// <summary>Reads the requested page; refused if the cursor is not valid.</summary>
    internal static Result<Paging> Read(Call call)
    {
        var (query, binding) = (call.Query, PageKey.BindingOf(ListOf(call)));
        var (number, size) = (query.Get(PageField), query.Get(SizeField));
        if (query.Get(AfterField) is not { } after)
            return new Paging(number ?? 1, size ?? SizeDefault, (number ?? size) is not null, binding, null);

        return PageKey.Read(after, binding, call.Route.Contract.PageKey!) is { } cursor
            ? new Paging(1, size ?? SizeDefault, true, binding, cursor)
            : Refusals.BadRequest(
                "after is not a page.next of this list with these filters. Start again without it.",
                new FieldError(AfterField.Name, "must be a page.next of this list with the same filters.")
            );
    }

    /// <summary>Returns the answer with a page.</summary>
    /// <param name="records">The records in order, up to <see cref="Take"/>.</param>
    /// <param name="keyOf">The key of a record.</param>
    /// <param name="counted">
    /// The number of records, up to <see cref="TotalMax"/> + 1; null if they were not counted.
    /// </param>
    public Answer Answer<T>(IReadOnlyList<T> records, Func<T, PageKey> keyOf, long? counted) =>
        Answer(records, keyOf, record => record, counted);

    /// <summary>The same, with each record converted.</summary>
    public Answer Answer<T, TShown>(
        IReadOnlyList<T> records,
        Func<T, PageKey> keyOf,
        Func<T, TShown> show,
        long? counted
    ) =>
        RefusalOf(counted) is { } refusal
            ? Http.Answer.Refused(refusal)
            : Http.Answer.Success<IReadOnlyList<TShown>>(
                [.. records.Take(Size).Select(show)],
                page: PageOf(records, keyOf, counted)
            );

    /// <summary>
    /// Returns a refusal if the page number is out of reach and the list may have records there; else null.
    /// </summary>
    public Refusal? RefusalOf(long? counted) =>
        IsOutOfReach && counted > TotalMax
            ? Refusals.ValidationFailed(
                new FieldError(
                    PageField.Name,
                    $"reaches only the first {ReachMax} records; to go on, send page.next as after."
                )
            )
            : null;

    /// <summary>Returns the answer with a page of a list that is in memory.</summary>
    /// <param name="all">All records, in ascending order of their keys.</param>
    /// <param name="keyOf">The key of a record.</param>
    /// <param name="isBehind">Returns true if a record comes after a key.</param>
    public Answer AnswerOf<T>(IReadOnlyList<T> all, Func<T, PageKey> keyOf, Func<T, PageKey, bool> isBehind)
    {
        var rest = After is { } after
            ? all.Where(record => isBehind(record, after))
            : all.Skip((int)Math.Min(Before, all.Count));
        var records = rest.Take(Size + 1).ToList();
        return Http.Answer.Success(records.Take(Size).ToList(), page: PageOf(records, keyOf, all.Count));
    }

    /// <summary>Returns the page for the envelope.</summary>
    public Page PageOf<T>(IReadOnlyList<T> records, Func<T, PageKey> keyOf, long? counted)
    {
        var (total, isExact) = cursor is not null
            ? (cursor.Total, cursor.TotalIsExact)
            : ((int)Math.Min(counted ?? 0, TotalMax), counted <= TotalMax);
        var next = records.Count > Size ? keyOf(records[Size - 1]).Write(binding, Number + 1, total, isExact) : null;
        return new Page(Number, Size, total, isExact, next);
    }

    private long Before => cursor is null ? (Number - 1L) * Size : 0;

    private bool IsOutOfReach => Before + Size > ReachMax;

    // The same on every page of a list.
    private static string ListOf(Call call)
    {
        var request = call.Http.Request;
        var paged = Fields.Select(field => field.Name).ToList();
        var filters = call
            .Route.Contract.QueryFields.Where(field => !paged.Contains(field.Name))
            .Select(field => $"{field.Name}={request.Query[field.Name]}");
        return string.Join(
            '\n',
            [
                call.Route.Name,
                call.Caller.OrganisationId.ToString(),
                .. request
                    .RouteValues.OrderBy(value => value.Key, StringComparer.Ordinal)
                    .Select(value => $"{value.Key}={value.Value}".ToLowerInvariant()),
                .. filters,
            ]
        );
    }
}
