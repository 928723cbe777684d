namespace Paydown.Bench;

/// <summary>
/// Measures sides in turns (A B A B …), so that other load on the machine affects all of them alike.
/// </summary>
public static class Rounds
{
    /// <summary>Runs each side once per round, after a warm-up of all sides.</summary>
    /// <returns>One list of figures per side.</returns>
    public static async Task<double[][]> RunAsync(
        Stage stage,
        Func<Task> warmUp,
        params IReadOnlyList<Func<Task<double>>> sides
    )
    {
        await warmUp();
        var figures = sides.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < stage.Rounds; round++)
        {
            for (var side = 0; side < sides.Count; side++)
            {
                await stage.CheckpointAsync();
                figures[side].Add(await sides[side]());
            }

            await Console.Out.WriteLineAsync(
                $"  round {round + 1}: {string.Join("  ", figures.Select(side => side[^1].ToString("N1")))}"
            );
        }

        return [.. figures.Select(side => side.ToArray())];
    }
}
