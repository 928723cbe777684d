using System.Diagnostics.CodeAnalysis;

namespace Paydown.Lending.Outcomes;

/// <summary>A value, or a refusal instead.</summary>
public readonly struct Result<T>
    where T : notnull
{
    private readonly T? value;

    private Result(T? value, Refusal? refusal)
    {
        this.value = value;
        Refusal = refusal;
    }

    /// <summary>Why there is no value; null if there is one.</summary>
    public Refusal? Refusal { get; }

    /// <summary>True if there is a refusal instead of a value.</summary>
    [MemberNotNullWhen(true, nameof(Refusal))]
    public bool IsRefused => Refusal is not null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"Refused: {Refusal.Code}");

    /// <summary>A value as a result.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A refusal as a result.</summary>
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
