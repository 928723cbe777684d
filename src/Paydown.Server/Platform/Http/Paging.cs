using System.Runtime.InteropServices;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Which page a request asks for: <c>page</c> from 1, and <c>size</c>, at most <see cref="SizeMax"/>.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Paging(int Number, int Size)
{
    public const int SizeMax = 50;
    private const int SizeDefault = 10;
    private const int NumberMax = 1_000_000;

    /// <summary>The query parameters.</summary>
    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Integer("page", "Which page, from 1; absent: 1.", 1, NumberMax).Optional() with { Example = 1 },
        Field.Integer("size", $"Records a page; absent: {SizeDefault}.", 1, SizeMax).Optional()
            with { Example = SizeDefault },
    ];

    /// <summary>What a request asks for.</summary>
    public static Paging Of(Call call) =>
        new(call.Query.IntegerOrNull("page") ?? 1, call.Query.IntegerOrNull("size") ?? SizeDefault);

    /// <summary>The records of this page.</summary>
    public IEnumerable<T> Of<T>(IReadOnlyList<T> all) => all.Skip((Number - 1) * Size).Take(Size);

    /// <summary>What the envelope says of it.</summary>
    public Page ToPage(long total) => new(Number, Size, total);
}
