namespace Paydown.Lending.Tests.Endurance;

/// <summary>
/// Chance from a seed: the same seed gives the same throws on every machine (SplitMix64). Each history has its own, so
/// making one must cost next to nothing.
/// </summary>
internal sealed class Dice(long seed)
{
    private ulong state = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL + 0xD1B54A32D192ED03UL);

    /// <summary>Any 64 bits.</summary>
    public long Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return (long)(mixed ^ (mixed >> 31));
        }
    }

    /// <summary>From 0 to below a limit.</summary>
    public long Below(long limit) => (long)(unchecked((ulong)Next()) % (ulong)limit);

    public int Below(int limit) => (int)Below((long)limit);

    /// <summary>From one bound to the other, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True once in so many throws.</summary>
    public bool OnceIn(int throws) => Below(throws) == 0;

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    public T[] Shuffled<T>(params ReadOnlySpan<T> things)
    {
        var shuffled = things.ToArray();
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            var other = Below(i + 1);
            (shuffled[i], shuffled[other]) = (shuffled[other], shuffled[i]);
        }

        return shuffled;
    }
}
