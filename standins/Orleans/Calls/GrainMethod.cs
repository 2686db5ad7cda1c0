using System.Linq.Expressions;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>A method of a grain interface, compiled so that a call costs no reflection.</summary>
internal abstract class GrainMethod(MethodInfo method)
{
    private readonly Func<object, object?[], Task> _invoke = CompileInvoke(method);

    /// <summary>Where the cancellation token stands among the arguments; -1 = nowhere.</summary>
    public int CancellationIndex { get; } =
        Array.FindIndex(method.GetParameters(), parameter => parameter.ParameterType == typeof(CancellationToken));

    public string Name { get; } = $"{method.DeclaringType!.Name}.{method.Name}";

    public static GrainMethod Compile(MethodInfo method) =>
        (GrainMethod)System.Activator.CreateInstance(Shape(method), method)!;

    /// <exception cref="OrleansConfigurationException">The original has such methods, we do not.</exception>
    public static Type Shape(MethodInfo method)
    {
        if (method.IsGenericMethod || method.IsStatic || method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef))
        {
            throw Refuse(method, "generic and static methods and by-reference parameters");
        }

        var result = method.ReturnType;
        var kind = result.IsGenericType ? result.GetGenericTypeDefinition() : result;
        return kind == typeof(Task) ? typeof(TaskMethod<Nothing>)
            : kind == typeof(ValueTask) ? typeof(ValueTaskMethod)
            : kind == typeof(Task<>) ? typeof(TaskMethod<>).MakeGenericType(result.GenericTypeArguments)
            : kind == typeof(ValueTask<>) ? typeof(ValueTaskMethod<>).MakeGenericType(result.GenericTypeArguments)
            : throw Refuse(method, $"results of type {result.Name}");
    }

    /// <summary>Starts the method on a grain object; call on its scheduler.</summary>
    public Task Invoke(object grain, object?[] arguments) => _invoke(grain, arguments);

    /// <summary>Sends a call; gives what the interface's method returns.</summary>
    public abstract object Send(GrainReference target, object?[] arguments);

    private static OrleansConfigurationException Refuse(MethodInfo method, string what) =>
        new($"{method.DeclaringType}.{method.Name}: {what} need Stack=packages.");

    private static Func<object, object?[], Task> CompileInvoke(MethodInfo method)
    {
        var grain = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        var values = method.GetParameters().Select(
            (parameter, index) => Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(index)), parameter.ParameterType));
        Expression call = Expression.Call(Expression.Convert(grain, method.DeclaringType!), method, values);
        var asTask = method.ReturnType.GetMethod(nameof(ValueTask.AsTask), Type.EmptyTypes);
        call = asTask is null ? call : Expression.Call(call, asTask);
        return Expression.Lambda<Func<object, object?[], Task>>(Expression.Convert(call, typeof(Task)), grain, arguments).Compile();
    }

    private sealed class TaskMethod<T>(MethodInfo method) : GrainMethod(method)
    {
        public override object Send(GrainReference target, object?[] arguments) => Call<T>.Send(this, target, arguments);
    }

    private sealed class ValueTaskMethod(MethodInfo method) : GrainMethod(method)
    {
        public override object Send(GrainReference target, object?[] arguments) => new ValueTask(Call<Nothing>.Send(this, target, arguments));
    }

    private sealed class ValueTaskMethod<T>(MethodInfo method) : GrainMethod(method)
    {
        public override object Send(GrainReference target, object?[] arguments) => new ValueTask<T>(Call<T>.Send(this, target, arguments));
    }
}

/// <summary>The result of methods without one.</summary>
internal readonly struct Nothing;
